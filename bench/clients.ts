/**
 * Memory of `pairlab serve` under clients that ask and never read: so many connections, each with so many requests for the training
 * images at once. It needs Linux, which says what a process takes.
 *
 *   npm run build && npx tsc -b bench && node dist/bench/clients.js [CONNECTIONS] [REQUESTS]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));
const IMAGES = "/data/train-images-idx3-ubyte.gz";
const SECONDS = 8;
/** A server that takes more is ended before it takes all of the machine's memory. */
const MOST_MIB = 4096;

const [connections = 200, requests = 50] = process.argv.slice(2).map(Number);
const folder = await mkdtemp(join(tmpdir(), "pairlab-clients-"));
const child = spawn(process.execPath, [PROGRAM, "serve", "--port", "0", "--runs", join(folder, "runs")], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const [said] = await once(createInterface({ input: child.stdout }), "line");
  const url = new URL(String(said).split(" ", 1)[0] ?? "");
  // The images are compressed first.
  await (await fetch(new URL("site.json", url))).arrayBuffer();
  console.log(`before: ${mebibytes("VmRSS")} MiB`);
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect(Number(url.port), url.hostname);
    // One that the server closes has nothing more to say.
    socket.on("error", () => {});
    socket.pause();
    socket.write(`GET ${IMAGES} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(requests));
    return socket;
  });
  for (let second = 1; second <= SECONDS && mebibytes("VmRSS") < MOST_MIB; second++) await setTimeout(1000);
  const meanwhile = await fetch(url);
  console.log(
    `${connections} connections that never read, ${requests} requests each: ${mebibytes("VmRSS")} MiB, ` +
      `${mebibytes("VmHWM")} MiB at most; another client is answered ${meanwhile.status}`,
  );
  for (const socket of sockets) socket.destroy();
} finally {
  child.kill();
  await rm(folder, { recursive: true });
}

/** What the server takes now (VmRSS), or took at most (VmHWM). */
function mebibytes(what: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  return Math.round(Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
}
