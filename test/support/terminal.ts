import { type ChildProcess, spawn } from "node:child_process";

/** A terminal that shows what a command writes on it. */
export interface Terminal {
  /** What it was sent so far. */
  shown(): string;
  /** Presses keys. */
  type(keys: string): void;
  /** Closes it, as a window is closed. */
  close(): void;
  /** Waits until the command has ended, and gives its exit code. */
  readonly ended: Promise<number | null>;
}

/** Runs a shell's command on a terminal of its own, which `script` of util-linux makes. */
export function onTerminal(command: string, { columns = 100, rows = 30, cwd = "." } = {}): Terminal {
  const sized = `stty cols ${columns} rows ${rows}; ${command}`;
  const script: ChildProcess = spawn("script", ["-qec", sized, "/dev/null"], { cwd });
  let shown = "";
  script.stdout?.on("data", (chunk) => {
    shown += chunk;
  });
  return {
    shown: () => shown,
    type: (keys) => script.stdin?.write(keys),
    close: () => script.kill("SIGKILL"),
    ended: new Promise((resolve, reject) => script.on("error", reject).on("close", (code) => resolve(code))),
  };
}
