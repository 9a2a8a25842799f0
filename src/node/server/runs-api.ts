import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { InvalidRequest } from "../../core/errors.js";
import { quoted } from "../../core/given.js";
import { checkFormat } from "../runs/format.js";
import { isRunId } from "../runs/layout.js";
import type { RunStore } from "../runs/store.js";
import { type Resource, refuse, respond } from "./resource.js";
import { type RunPart, RunReader } from "./run-reader.js";

/** Something that lists a store. */
export interface StoreListing {
  /** The store's document as JSON. */
  resource(): Promise<Resource>;
}

/** From Node.js' server; a test's request does not have it. */
type Served = { Bindings: Partial<HttpBindings> };

/** The run store over HTTP, read-only: all runs, one run's record, its weights. */
export function runsApi(store: RunStore, listing: StoreListing): Hono<Served> {
  const reader = new RunReader(store);
  return new Hono<Served>()
    .get("/", async (c) => respond(c, await listing.resource()))
    .get("/:id", (c) => ofRun(c, reader, c.req.param("id"), "record"))
    .get("/:id/weights", (c) => ofRun(c, reader, c.req.param("id"), "weights"));
}

async function ofRun(c: Context<Served>, reader: RunReader, id: string, part: RunPart): Promise<Response> {
  const { folder } = reader.store;
  await checkFormat(folder);
  const found = isRunId(id) ? await reader.read(id, part, c.env?.outgoing).catch(unreadable) : undefined;
  if (!found)
    return refuse(c, 404, `there is no finished run ${quoted(id)} in ${folder}: api/runs lists those that there are`);
  if (found instanceof InvalidRequest) return refuse(c, 409, found.message);
  if ("damage" in found) return refuse(c, 409, `${found.damage}: train it again`);
  return respond(c, found);
}

/** What prevents reading one run: the store's listing reports it as damage. */
function unreadable(error: unknown): InvalidRequest {
  if (error instanceof InvalidRequest) return error;
  throw error;
}
