import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { onTerminal } from "../support/terminal.js";

const PROGRAM = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** What trains for minutes. */
const LONG = ["train", "best", "--epochs", "200"];

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const claimsOf = (runs: string): Promise<string[]> => readdir(at(runs, "claims")).catch(() => []);
/** Generous: other tests may be busy beside these. */
const WAIT = { timeout: 30_000, interval: 5 };
const isTraining = (runs: string) => vi.waitUntil(async () => (await claimsOf(runs)).length === 1, WAIT);
/** Everything in a folder that is not finished. */
const unfinished = async (name: string): Promise<string[]> =>
  (await readdir(at(name), { recursive: true })).filter((path) => path.endsWith(".tmp"));

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

function start(...commandLine: string[]): Started {
  const child = spawn(process.execPath, [PROGRAM, ...commandLine]);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return { child, ended: once(child, "close").then(([code]) => ({ code, stdout, stderr })) };
}

/** Waits until a process listens to signals, which takes Node itself some time: SIGHUP has the first bit of those that it catches. */
const isListening = ({ child }: Started) =>
  vi.waitUntil(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8");
    const [, caught = "0"] = /^SigCgt:\s*(\w+)/m.exec(status) ?? [];
    return (Number.parseInt(caught.slice(-1), 16) & 1) === 1;
  }, WAIT);

describe("a signal that comes while a run is trained", () => {
  test.concurrent.each(SIGNALS)("%s: one line, 130, no claim left, and the same command continues", async (signal) => {
    const runs = `runs-${signal}`;
    const training = start(...LONG, "--runs", at(runs), "--quiet");
    await isTraining(runs);
    training.child.kill(signal);
    expect(await training.ended).toEqual({
      code: 130,
      stdout: "",
      stderr: `error: interrupted: 0 of 1 run is kept in ${at(runs)}/; the same command continues\n`,
    });
    expect(await claimsOf(runs)).toEqual([]);
    expect(await unfinished(runs)).toEqual([]);
  });

  test.concurrent("Ctrl-C on a terminal with the live view says and does the same", async () => {
    const command = `"${process.execPath}" "${PROGRAM}" ${LONG.join(" ")} --runs "${at("live")}"; echo "ended with $?"; stty -a`;
    const terminal = onTerminal(command);
    await isTraining("live");
    terminal.type("\u0003");
    await terminal.ended;
    const shown = terminal.shown();
    expect(shown).toMatch(/error: interrupted: 0 of 1 run is kept in \S+; the same command continues\r\n/);
    expect(shown).toContain("ended with 130");
    expect(await claimsOf("live")).toEqual([]);
    // The cursor, lines as they are typed, their echo and signals from the keyboard.
    expect(shown.lastIndexOf("\u001B[?25l")).toBeLessThanOrEqual(shown.lastIndexOf("\u001B[?25h"));
    for (const mode of ["isig", "icanon", "echo"]) expect(shown).toMatch(new RegExp(`[\\s;]${mode}\\b`));
  });

  test.concurrent("a terminal that is closed ends it, and its claim", async () => {
    const terminal = onTerminal(`"${process.execPath}" "${PROGRAM}" ${LONG.join(" ")} --runs "${at("closed")}"`);
    await isTraining("closed");
    terminal.close();
    await vi.waitUntil(async () => (await claimsOf("closed")).length === 0, WAIT);
    await terminal.ended;
  });
});

describe("a signal at another time", () => {
  test.concurrent.each(SIGNALS)(
    "%s while a file waits for its reader: one line, 130, the pipe stays",
    async (signal) => {
      const pipe = at(`pipe-${signal}`);
      expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
      const writing = start("pairs", "--pairs", "2", "--out", pipe);
      await isListening(writing);
      writing.child.kill(signal);
      expect(await writing.ended).toEqual({
        code: 130,
        stdout: "",
        stderr: "error: interrupted: the same command continues\n",
      });
    },
  );

  test.concurrent("while a command loads what it needs: one line and 130", async () => {
    const loading = start("reproduce", "--rounds", "1", "--runs", at("early"), "--out", at("early-report"));
    await isListening(loading);
    loading.child.kill("SIGTERM");
    const { code, stdout, stderr } = await loading.ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(stderr).toMatch(/^error: interrupted: [^\n]*the same command continues\n$/);
  });

  test.concurrent("between two steps of a search: what is kept is said", async () => {
    const tune = [
      ...["tune", "quick", "--trials", "3", "--rounds", "2", "--over", "learning-rate", "--epochs", "1"],
      ...["--pairs", "100", "--runs", at("tune"), "--out", at("tune-report")],
    ];
    const { code, stderr } = await pairlab(tune, "round 2");
    expect(code).toBe(130);
    expect(stderr).toMatch(/\nerror: interrupted: \d+ of \d+ runs are kept in \S+; the same command continues\n$/);
    expect(await claimsOf("tune")).toEqual([]);
  });

  test.concurrent("a second one ends the process at once, without a claim left", async () => {
    const training = start(...LONG, "--runs", at("twice"), "--quiet");
    await isTraining("twice");
    training.child.kill("SIGINT");
    training.child.kill("SIGTERM");
    expect((await training.ended).code).toBe(130);
    expect(await claimsOf("twice")).toEqual([]);
  });
});
