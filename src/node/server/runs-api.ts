import { type Context, Hono } from "hono";
import { stringifyJson } from "../../core/formats/json.js";
import { quoted } from "../../core/given.js";
import type { FinishedRun } from "../../core/training/run.js";
import { isRunId } from "../runs/layout.js";
import type { RunStore } from "../runs/store.js";
import { etagOf, type Resource, refuse, respond } from "./resource.js";
import { StoreView } from "./store-view.js";

/** The run store over HTTP, read-only: all runs, one run's record, its weights. */
export function runsApi(store: RunStore): Hono {
  const view = new StoreView(store);
  return new Hono()
    .get("/", async (c) => respond(c, await view.resource()))
    .get("/:id", (c) => ofRun(c, store, c.req.param("id"), recordOf))
    .get("/:id/weights", (c) => ofRun(c, store, c.req.param("id"), weightsOf));
}

async function ofRun(
  c: Context,
  store: RunStore,
  id: string,
  resourceOf: (run: FinishedRun) => Resource,
): Promise<Response> {
  const run = isRunId(id) ? await store.find(id) : undefined;
  if (!run)
    return refuse(c, 404, `no finished run ${quoted(id)} in ${store.folder}: ask api/runs for those that there are`);
  if ("damage" in run) return refuse(c, 409, `${run.damage}: train it again`);
  return respond(c, resourceOf(run));
}

function recordOf({ record }: FinishedRun): Resource {
  const body = stringifyJson(record);
  return { body, type: "application/json", etag: etagOf(body) };
}

const weightsOf = ({ record, weights }: FinishedRun): Resource => ({
  body: weights,
  type: "application/octet-stream",
  etag: `"${record.weightsSha256}"`,
});
