import { constants, lstatSync, type Stats, write } from "node:fs";
import { open, readlink, realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { isatty } from "node:tty";
import { promisify } from "node:util";
import { codeOf } from "./errors.js";

/** What is, or will be, at the end of a path that is to be written. */
export type Destination =
  /** A regular file, which a new one replaces, or nothing yet. */
  | { readonly kind: "file"; readonly path: string; readonly before?: Stats }
  /** A device or a pipe: it stays, and is written into. */
  | { readonly kind: "stream"; readonly path: string }
  /** A file descriptor of this process, as /dev/stdout and the shell's >(command) name one. */
  | { readonly kind: "descriptor"; readonly number: number };

/**
 * Where a path leads. Symbolic links are followed to their end, even if nothing is there yet.
 *
 * @throws Error that says what is there and cannot be written, or with a system's code
 */
export async function destinationOf(path: string): Promise<Destination> {
  // Mostly nothing is there, for which a call that waits would make an error.
  const first = lstatSync(path, { throwIfNoEntry: false });
  if (!first) return { kind: "file", path };
  if (first.isFile()) return { kind: "file", path, before: first };
  const end = await followLinks(path);
  if (typeof end === "number") return { kind: "descriptor", number: end };
  const there = await statsOf(stat(end));
  if (!there) return { kind: "file", path: end };
  if (there.isFile()) return { kind: "file", path: end, before: there };
  if (there.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
  if (there.isBlockDevice()) throw new Error("it is a block device, and what is on it would be lost");
  if (there.isSocket()) throw new Error("it is a socket");
  return { kind: "stream", path: end };
}

/** Linux follows the same number. */
const MOST_LINKS = 40;

/** A path without links at its end, or the number of one of this process's file descriptors. */
async function followLinks(path: string): Promise<string | number> {
  let at = path;
  for (let links = 0; links <= MOST_LINKS; links++) {
    const folder = await realpath(dirname(at));
    // They look like links, to files that may have been renamed or removed by now.
    const [isDescriptor, owner] = DESCRIPTORS.exec(folder) ?? [];
    if (isDescriptor && (owner === undefined || Number(owner) === process.pid)) return Number(at.split("/").at(-1));
    if (isDescriptor && !(await stat(at)).isFile()) return at;
    const target = await readlink(at).catch((error) => {
      if (codeOf(error) === "EINVAL" || codeOf(error) === "ENOENT") return undefined;
      throw error;
    });
    if (target === undefined) return at;
    at = resolve(folder, target);
  }
  throw Object.assign(new Error(), { code: "ELOOP" });
}

/** Folders of file descriptors: those of Linux, each with its process's id, and those of other Unixes. */
const DESCRIPTORS = /^(?:\/dev\/fd|\/proc\/(\d+)(?:\/task\/\d+)?\/fd)$/;

async function statsOf(looking: Promise<Stats>): Promise<Stats | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** How long to wait for the reader of a pipe, at first and at most. */
const SHORTEST_WAIT_MS = 1;
const LONGEST_WAIT_MS = 50;

/**
 * Writes all of it into a device, a pipe or a file descriptor. Waits for a reader, even a slow one; a reader that stops early is
 * not a failure.
 *
 * @param signal  ends the waiting, with an AbortError
 */
export async function writeInto(
  destination: Exclude<Destination, { readonly kind: "file" }>,
  data: string | Uint8Array,
  signal?: AbortSignal,
): Promise<void> {
  if (destination.kind === "descriptor") return writeAll(destination.number, data, signal);
  const file = await openStream(destination.path, signal);
  try {
    await writeAll(file.fd, data, signal);
  } finally {
    await file.close();
  }
}

/** Without O_NONBLOCK a pipe without a reader would block a thread for ever. */
async function openStream(path: string, signal?: AbortSignal) {
  for (;;) {
    try {
      return await open(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    } catch (error) {
      if (codeOf(error) !== "ENXIO" || !(await stat(path)).isFIFO()) throw error;
    }
    await setTimeout(LONGEST_WAIT_MS, undefined, { ...(signal && { signal }) });
  }
}

async function writeAll(descriptor: number, data: string | Uint8Array, signal?: AbortSignal): Promise<void> {
  if (isatty(descriptor)) throw new Error("it is a terminal, and this is for programs to read");
  let rest = Buffer.from(data);
  let wait = SHORTEST_WAIT_MS;
  while (rest.length > 0) {
    try {
      const { bytesWritten } = await promisify(write)(descriptor, rest);
      rest = rest.subarray(bytesWritten);
      wait = SHORTEST_WAIT_MS;
    } catch (error) {
      if (codeOf(error) === "EPIPE") return;
      if (codeOf(error) !== "EAGAIN") throw error;
      await setTimeout(wait, undefined, { ...(signal && { signal }) });
      wait = Math.min(2 * wait, LONGEST_WAIT_MS);
    }
  }
}
