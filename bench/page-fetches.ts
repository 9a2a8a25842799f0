/**
 * What a first visitor's page fetches until a network that it has trained answers, and how long that takes, also at the speed of slow 3G.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/page-fetches.js [VISITS]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "pairlab";
import { firstVisit, type NetworkSpeed, SLOW_3G, type Start } from "./page-start.js";
import { launchChromium, startServing } from "./served-page.js";

const [visits = "3"] = process.argv.slice(2);

/** What is read of `site.json`. */
interface Site {
  readonly dataset: {
    readonly files: readonly { readonly bytes: number }[];
    readonly first: { readonly bytes: number };
  };
}

const folder = await mkdtemp(join(tmpdir(), "pairlab-bench-"));
const server = await startServing("--runs", join(folder, "runs"));
const browser = await launchChromium({ protocolTimeout: 3_600_000 });
try {
  console.log(
    `${cpus()[0]?.model}, ${availableParallelism()} cores, Node.js ${process.versions.node}, ${await browser.version()}`,
  );
  const { dataset } = (await (await fetch(`${server.url}site.json`)).json()) as Site;
  const all = dataset.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
  console.log(`first pairs ${kilobytes(dataset.first.bytes)}; all of MNIST ${kilobytes(all)}`);
  for (const [name, speed] of [
    ["this machine", undefined],
    [`slow 3G (${SLOW_3G.bitsPerSecond / 1000} kbit/s, ${SLOW_3G.latency} ms)`, SLOW_3G],
  ] as const) {
    const starts = await visit(speed);
    const of = (what: (start: Start) => number) => median(starts.map(what));
    const [page, images] = [of(({ fetched }) => fetched.page), of(({ fetched }) => fetched.images)];
    console.log(
      `${name}: ${(of(({ answer }) => answer) / 1000).toFixed(1)} s to a trained answer, median of ${visits}; ${kilobytes(page + images)} until then: ${kilobytes(page)} of page, ${kilobytes(images)} of images; script until the images are asked for: ${kilobytes(of(({ script }) => script.page))} gzipped, and ${kilobytes(of(({ script }) => script.worker))} of the worker that reads them`,
    );
  }
} finally {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function visit(speed?: NetworkSpeed): Promise<Start[]> {
  const starts: Start[] = [];
  for (let turn = 0; turn < Number(visits); turn++) starts.push(await firstVisit(browser, server.url, speed));
  return starts;
}
