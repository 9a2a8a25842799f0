import { once } from "node:events";
import { ownArchitectures } from "../../../core/architectures/index.js";
import { inputOf } from "../../../core/data/images.js";
import type { RelationName } from "../../../core/data/relations.js";
import { InvalidRequest } from "../../../core/errors.js";
import { relationOf, requireQuestion } from "../../../core/training/job.js";
import { checkFormat } from "../../runs/format.js";
// Everything that answers need is loaded before there are connections: later there may be too few file handles.
import "../../runs/inspect.js";
import { RunStore } from "../../runs/store.js";
import { siteApp } from "../../server/app.js";
import { inUrl, isLoopback, isNetworkHost, isOwnHost } from "../../server/hosts.js";
import { type ServedImages, serveImages } from "../../server/images.js";
import { addressOf, listen, urlOf } from "../../server/listen.js";
import { networkAddresses } from "../../server/network.js";
import { readPage } from "../../server/page-files.js";
import { StoreThread } from "../../server/store-thread.js";
import { type ImageArguments, imagesAsked } from "../options.js";
import { interruptible } from "../terminal/interrupts.js";
import { Lines } from "../terminal/lines.js";
import { flush, print, printJson, remark } from "../terminal/output.js";
import { decodingProgress } from "../terminal/progress/index.js";
import { qrLines } from "../terminal/qr.js";

export interface ServeOptions extends ImageArguments {
  readonly host: string;
  readonly port: number;
  readonly runs: string;
  readonly relation?: RelationName;
  readonly json?: true;
}

/** @throws InvalidRequest where the images' classes are not what a relation needs, or all pairs of them have the same answer */
function requireMeaning(relation: RelationName, { identity, described }: ServedImages): void {
  const asked = { relation, dataset: { ...identity, ...(described && { shape: inputOf(described) }) } };
  relationOf(asked);
  requireQuestion(asked);
}

/** Of zlib: images come from this machine, where time counts more than size. */
const FASTEST = 1;

/** `pairlab serve`: the page, the images and the run store over HTTP, until an interrupt. */
export async function serve(options: ServeOptions): Promise<void> {
  const { host, port, runs, data, relation, json } = options;
  const page = readPage();
  await checkFormat(runs);
  const address = await addressOf(host);
  const listing = new StoreThread(runs);
  const ready = listing.ready();
  // A wrong request is reported first.
  ready.catch(() => {});
  const progress = decodingProgress(false);
  const images = await serveImages(data, { ...imagesAsked(options), onProgress: progress.show }, FASTEST).finally(
    progress.end,
  );
  const { name, sha256, listed } = images.identity;
  if (listed && relation !== undefined)
    throw new InvalidRequest(`the pairs of ${name} are given with their answers: leave the relation ${relation} out`);
  if (relation !== undefined) requireMeaning(relation, images);
  const architectures = ownArchitectures();
  await ready;
  const isAllowed = isLoopback(address) ? isOwnHost : isNetworkHost;
  const reached = networkAddresses(address);
  const app = siteApp({
    page,
    images,
    project: {
      ...(architectures.length > 0 && { architectures }),
      ...(relation !== undefined && { relation }),
      ...(reached.length > 0 && { network: reached.map(inUrl) }),
    },
    store: new RunStore(runs),
    listing,
    isAllowedHost: (header) => isAllowed(header, host),
  });
  await interruptible(async (signal) => {
    const { url, close, ...listening } = await listen(app, { host, address, port });
    const network = reached.map((each) => urlOf(each, listening.port));
    try {
      if (json) printJson({ url, runs, dataset: { name, sha256 }, ...(network.length > 0 && { network }) });
      else {
        const served = `${url} has the page, ${name} and the runs of ${runs}/; Ctrl-C stops it`;
        const others = network.map((each) => `${each} is the address for other devices of the network`);
        const code = network[0] === undefined ? [] : await qrLines(network[0]);
        print(new Lines([served, ...others, ...code]));
      }
      if (!isLoopback(address))
        remark(`other machines can reach ${host}: anyone who reaches it can read the runs of ${runs}/`);
      await flush();
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await close();
    }
  });
}
