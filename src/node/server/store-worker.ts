import { parentPort, workerData } from "node:worker_threads";
import { isExhausted } from "../errors.js";
import { RunStore } from "../runs/store.js";
import type { StoreAnswer } from "./store-thread.js";
import { StoreView } from "./store-view.js";

const view = new StoreView(new RunStore(workerData));
/** What the other thread has. */
let sent: string | undefined;

parentPort?.on("message", async () => {
  try {
    const resource = await view.resource();
    if (resource.etag === sent) return answer({});
    sent = resource.etag;
    answer({ resource }, [resource.body.buffer]);
  } catch (error) {
    answer({ failure: (error as Error).message, exhausted: isExhausted(error) });
  }
});

// Its code is loaded.
answer({});

function answer(said: StoreAnswer, transferred: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(said, transferred);
}
