import { Interrupted } from "./interrupted.js";
import { flush, remark } from "./output.js";

/** Ctrl-C, a request to end, and a terminal that was closed. */
const POLITE = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** As shells count: 128 and the number of SIGINT, whichever signal it was. */
export const INTERRUPTED = 130;
/** 128 and the number of SIGQUIT. */
const QUIT = 131;

const first = new AbortController();
let holders = 0;

/**
 * From here on a signal ends the process with one line, unless there is something to keep: then the first signal keeps it,
 * and a second one ends the process. In any case, everything that `atExit` registered is undone.
 */
export function listenForInterrupts(): void {
  for (const signal of POLITE) process.on(signal, interrupt);
  process.on("SIGQUIT", () => process.exit(QUIT));
}

function interrupt(): void {
  if (holders > 0 && !first.signal.aborted) {
    first.abort(new Interrupted());
    return;
  }
  remark("error: interrupted: the same command continues");
  process.exit(INTERRUPTED);
}

/**
 * Does work that an interrupt ends, rather than the process.
 *
 * @param work  ends soon when the signal is aborted, with its reason if not everything was done
 */
export async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  holders++;
  try {
    await work(first.signal);
  } finally {
    holders--;
  }
}

/** Ends a process that has done its work, whatever a library still waits for. @throws Error if output is lost */
export async function endProcess(): Promise<never> {
  await flush();
  process.exit();
}
