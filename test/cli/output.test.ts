import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pairlab, type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";
import { onTerminal } from "../support/terminal.js";

const PROGRAM = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));
const PAIRLAB = `"${process.execPath}" "${PROGRAM}"`;
/** ESC and what clears a terminal, a line feed, C1's CSI, and what turns text. */
const HOSTILE = "a\u001B[2J\nb\u009B31m\u202Ec";
const SHOWN = "a\\x1b[2J\\nb\\x9b31m\\u202ec";
const ACTS = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

let folder: TemporaryFolder;
const at = (...names: string[]): string => join(folder.path, ...names);
beforeAll(async () => {
  folder = await temporaryFolder();
  await pairlab(["train", "quick", "--epochs", "1", "--pairs", "100", "--quiet", "--runs", at("runs")]);
});
afterAll(() => folder.remove());

/** Runs a shell's script in the folder, with `pairlab` as a command. */
function shell(
  script: string,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-c", `pairlab() { ${PAIRLAB} "$@"; }; ${script}`], { cwd: folder.path });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", reject).on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

describe("where standard output is full", () => {
  test.concurrent.each(["--version", "runs --csv", "train quick --epochs 1 --pairs 100 --json --quiet"])(
    "%s fails with one line and 1",
    async (command) => {
      const { code, stderr } = await shell(`pairlab ${command} >/dev/full`);
      expect(stderr).toBe("error: cannot write on standard output: the disk is full\n");
      expect(code).toBe(1);
    },
  );

  test.concurrent("a file that has room for a part fails too", async () => {
    const { code, stderr } = await shell('( ulimit -f 1; pairlab architectures --json >part; echo "$?" >&2 )');
    expect(stderr).toBe("error: cannot write on standard output: files may not be that large here\n1\n");
    expect(code).toBe(0);
  });

  test.concurrent("remarks that nobody can hear are no failure", async () => {
    const { code, stdout } = await shell("pairlab train quick --epochs 1 --pairs 100 2>/dev/full");
    expect(stdout).toMatch(/^quick, seed 0: /);
    expect(code).toBe(0);
  });
});

test("a slow reader gets all of it, more than a pipe holds at a time", async () => {
  await mkdir(at("many"));
  // Files in the places of runs: each is reported in a line.
  for (let i = 0; i < 1000; i++) await writeFile(at("many", i.toString(16).padStart(16, "0")), "");
  const { stdout } = await shell(
    "pairlab runs --runs many --json >whole; pairlab runs --runs many --json | (sleep 0.5; cmp - whole) && wc -c <whole",
  );
  expect(Number(stdout)).toBeGreaterThan(65_536);
});

describe("--out", () => {
  test.concurrent("as a pipe, a file that is appended to, or another command gets the same bytes as a file", async () => {
    const write = "pairlab pairs --pairs 2 --quiet --out";
    const { stdout, stderr } = await shell(`
      ${write} file; ln -s /dev/stdout link
      ${write} /dev/stdout | cmp - file && echo pipe
      ${write} link | cmp - file && echo link
      echo before >log; ${write} /dev/stdout >>log; tail -n +2 log | cmp - file && head -n 1 log
      ${write} >(cmp - file && echo command >seen); while [ ! -s seen ]; do sleep 0.02; done; cat seen`);
    expect(stderr).toBe("");
    expect(stdout).toBe("pipe\nlink\nbefore\ncommand\n");
  });

  test.concurrent("a report goes where its links lead, and into its pipes", async () => {
    const { code, stdout } = await shell(`
      mkdir -p disk/figures links; ln -s links report
      ln -s ../disk/page.html links/report.html; ln -s ../disk/figures links/figures; mkfifo links/report.md
      cat links/report.md >markdown & reader=$!
      pairlab compare quick mlp --rounds 1 --epochs 1 --pairs 50 --json --runs few --out report >/dev/null 2>&1 || exit
      wait $reader; [ -L links/report.html ] && [ -p links/report.md ] && [ -L report ] && ls disk/figures | wc -l`);
    expect(code).toBe(0);
    expect(Number(stdout)).toBe(3);
    expect(await readFile(at("disk", "page.html"), "utf8")).toMatch(/^<!doctype html>/);
    expect(await readFile(at("markdown"), "utf8")).toMatch(/^# /);
  });
});

describe("names that would move a terminal's cursor", () => {
  test.concurrent("an architecture is shown in one line", async () => {
    const { code, stderr } = await pairlab(["train", HOSTILE]);
    expect(stderr).toContain(SHOWN);
    expect(stderr.trimEnd()).not.toMatch(ACTS);
    expect(code).toBe(2);
  });

  test.concurrent("a value that an option does not take is shown in one line", async () => {
    const { code, stderr } = await pairlab(["train", "mlp", "--epochs", HOSTILE]);
    expect(stderr.trimEnd()).not.toMatch(ACTS);
    expect(stderr).toContain("\\x1b[2J");
    expect(code).toBe(2);
  });

  test.concurrent("a store's name is shown, and as JSON it is the same name", async () => {
    const runs = at(HOSTILE);
    await mkdir(join(runs, "damaged", `${"0".repeat(16)}-1`), { recursive: true });
    const { stdout } = await pairlab(["runs", "--runs", runs]);
    expect(stdout).toContain(SHOWN);
    expect(stdout.replaceAll("\n", "")).not.toMatch(ACTS);
    await writeFile(join(runs, "0123456789abcdef"), "");
    const { stdout: json } = await pairlab(["runs", "--runs", runs, "--json"]);
    expect(json.replaceAll("\n", "")).not.toMatch(ACTS);
    expect(JSON.parse(json).damaged[0].damage).toContain(HOSTILE);
  });
});

describe("a terminal that says it has no columns", () => {
  test.concurrent("has 80", async () => {
    const terminal = onTerminal(
      `${PAIRLAB} runs show latest --runs runs; ${PAIRLAB} train mlp --epochs 1 --runs narrow`,
      {
        columns: 0,
        rows: 0,
        cwd: folder.path,
      },
    );
    expect(await terminal.ended).toBe(0);
    const lines = terminal.shown().split("\r\n");
    expect(Math.max(...lines.map(({ length }) => length))).toBeGreaterThan(70);
    expect(terminal.shown()).toMatch(/mlp +.*█{24}/);
  });
});
