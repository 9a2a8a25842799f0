import { once } from "node:events";
import type { DatasetIdentity } from "../../../core/training/job.js";
import { datasetOf } from "../../data/dataset.js";
import { idxFiles, readDataFiles } from "../../data/files.js";
import { checkFormat } from "../../runs/format.js";
// Everything that answers need is loaded before there are connections: later there may be too few file handles.
import "../../runs/inspect.js";
import { RunStore } from "../../runs/store.js";
import { siteApp } from "../../server/app.js";
import { isLoopback, isNetworkHost, isOwnHost } from "../../server/hosts.js";
import { type ZippedFile, zipImages } from "../../server/images.js";
import { addressOf, listen } from "../../server/listen.js";
import { readPage } from "../../server/page-files.js";
import { StoreThread } from "../../server/store-thread.js";
import { interruptible } from "../terminal/interrupts.js";
import { flush, print, printJson, remark } from "../terminal/output.js";

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly runs: string;
  readonly data?: string;
  readonly json?: true;
}

/** Of zlib: images come from this machine, where time counts more than size. */
const FASTEST = 1;

/** `pairlab serve`: the page, the images and the run store over HTTP, until an interrupt. */
export async function serve({ host, port, runs, data, json }: ServeOptions): Promise<void> {
  const page = readPage();
  await checkFormat(runs);
  const address = await addressOf(host);
  const listing = new StoreThread(runs);
  const ready = listing.ready();
  // A wrong request is reported first.
  ready.catch(() => {});
  const { dataset, images } = await readImages(data);
  await ready;
  const isAllowed = isLoopback(address) ? isOwnHost : isNetworkHost;
  const app = siteApp({
    page,
    dataset,
    images,
    store: new RunStore(runs),
    listing,
    isAllowedHost: (header) => isAllowed(header, host),
  });
  await interruptible(async (signal) => {
    const { url, close } = await listen(app, { host, address, port });
    try {
      if (json) printJson({ url, runs, dataset });
      else print(`${url} has the page, ${dataset.name} and the runs of ${runs}/; Ctrl-C stops it`);
      if (!isLoopback(address))
        remark(`other machines can reach ${host}: anyone who reaches it can read the runs of ${runs}/`);
      await flush();
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await close();
    }
  });
}

/** Checks the images, and has them gzipped in the background. The uncompressed ones are not kept. */
async function readImages(
  folder: string | undefined,
): Promise<{ readonly dataset: DatasetIdentity; readonly images: Promise<readonly ZippedFile[]> }> {
  const files = await readDataFiles(idxFiles(folder));
  return { dataset: datasetOf(files, folder).identity, images: zipImages(files, FASTEST) };
}
