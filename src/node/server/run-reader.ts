import type { ServerResponse } from "node:http";
import { stringifyJson } from "../../core/formats/json.js";
import type { FinishedRun } from "../../core/training/run.js";
import type { DamagedRun } from "../runs/inspect.js";
import type { RunStore } from "../runs/store.js";
import { Busy } from "./busy.js";
import { jsonResource, type Resource } from "./resource.js";

export type RunPart = "record" | "weights";

/** Runs that are read at a time. */
const AT_ONCE = 4;
/** Bytes that may be on their way: 200 networks of the usual size. */
const MOST_BYTES = 2 ** 26;

/** A part of a run that is being sent, and to how many clients. */
interface Sent {
  readonly resource: Resource;
  receivers: number;
}

/** Reads finished runs, each byte checked, for any number of clients: few at a time, and bytes that many are sent are held once. */
export class RunReader {
  readonly #sent = new Map<string, Sent>();
  readonly #waiting: (() => void)[] = [];
  #reading = 0;
  #bytes = 0;

  constructor(
    readonly store: RunStore,
    readonly mostBytes: number = MOST_BYTES,
  ) {}

  /**
   * A part of a run; undefined if there is no finished one, and what is wrong with it if it is damaged.
   *
   * @param response  what it is sent in; its bytes are held until that is closed
   * @throws Busy while too much is being sent
   */
  async read(id: string, part: RunPart, response?: ServerResponse): Promise<Resource | DamagedRun | undefined> {
    const run = await this.#find(id);
    if (!run || "damage" in run) return run;
    return this.#hold(part === "record" ? recordOf(run) : weightsOf(run), response);
  }

  async #find(id: string): ReturnType<RunStore["find"]> {
    if (this.#reading >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#reading++;
    try {
      return await this.store.find(id);
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#reading--;
    }
  }

  #hold(resource: Resource, response?: ServerResponse): Resource {
    if (!response || response.destroyed) return resource;
    const { etag, body } = resource;
    const sent = this.#sent.get(etag) ?? { resource, receivers: 0 };
    if (sent.receivers === 0) {
      // A run larger than this limit is sent on its own.
      if (this.#bytes > 0 && this.#bytes + body.byteLength > this.mostBytes)
        throw new Busy("too many runs are being sent to clients that do not read them: ask again");
      this.#bytes += body.byteLength;
      this.#sent.set(etag, sent);
    }
    sent.receivers++;
    response.once("close", () => {
      sent.receivers--;
      if (sent.receivers > 0) return;
      this.#sent.delete(etag);
      this.#bytes -= body.byteLength;
    });
    return sent.resource;
  }
}

const recordOf = ({ record }: FinishedRun): Resource => jsonResource(stringifyJson(record));

const weightsOf = ({ record, weights }: FinishedRun): Resource => ({
  body: weights,
  type: "application/octet-stream",
  etag: `"${record.weightsSha256}"`,
});
