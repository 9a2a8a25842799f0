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

/**
 * Runs a command of the POSIX shell on a terminal of its own, which `script` of util-linux makes. The shell itself goes on after
 * Ctrl-C, whichever the user's shell is: some end with the command that they wait for.
 */
export function onTerminal(command: string, { columns = 100, rows = 30, cwd = "." } = {}): Terminal {
  const sized = `trap : INT; stty cols ${columns} rows ${rows}; ${command}`;
  const env = { ...process.env, SHELL: "/bin/sh" };
  const script: ChildProcess = spawn("script", ["-qec", sized, "/dev/null"], { cwd, env });
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
