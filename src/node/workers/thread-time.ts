import { readFileSync } from "node:fs";

/** Nanoseconds that a thread ran, that it waited for a processor, and how often it ran. */
const SCHEDULED = "/proc/thread-self/schedstat";

/** Node.js has it from 23.9 on: microseconds. */
type Usage = () => { readonly user: number; readonly system: number };

/** A clock of this thread's processor time, in milliseconds; undefined where the system does not tell it. */
export function threadTime(): (() => number) | undefined {
  const { threadCpuUsage } = process as { readonly threadCpuUsage?: Usage };
  if (threadCpuUsage)
    return () => {
      const { user, system } = threadCpuUsage();
      return (user + system) / 1000;
    };
  const read = () => Number(readFileSync(SCHEDULED, "utf8").split(" ", 1)[0]) / 1e6;
  try {
    return read() > 0 ? read : undefined;
  } catch {
    return undefined;
  }
}
