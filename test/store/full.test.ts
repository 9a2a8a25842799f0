import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TemporaryFolder, temporaryFolder } from "../support/pairlab.js";

const PROGRAM = fileURLToPath(new URL("../../bin/pairlab.js", import.meta.url));

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

/** There is room for the weights of one-by-one, 170 KiB, and not for those of mlp, 350 KiB, beside them. */
const ON_A_SMALL_DISK = 'mount -t tmpfs -o size=400k tmpfs "$runs" && ';
/** Where a user may not mount, as in some containers: no file may be larger. */
const WITH_SMALL_FILES = "ulimit -f 300 && ";

test("a full disk ends a run with one line and exit code 1; finished runs are kept, and nothing half-written", () => {
  const mayMount = spawnSync("unshare", ["-rm", "sh", "-c", `runs="$1"; ${ON_A_SMALL_DISK} true`, "sh", folder.path]);
  const limit = mayMount.status === 0 ? ON_A_SMALL_DISK : WITH_SMALL_FILES;
  const script = `runs="$1"; pairlab="$2"; node="$3"; ${limit} {
    train() { "$node" "$pairlab" train "$1" --epochs 1 --quiet --json --runs "$runs" >/dev/null; echo "$1 $?"; }
    train one-by-one; train mlp; train one-by-one; cd "$runs"; find . -type f | sort; ls claims; }`;
  const shell = ["bash", "-c", script, "bash", folder.path, PROGRAM, process.execPath] as const;
  const [command, ...rest] = limit === ON_A_SMALL_DISK ? ["unshare", "-rm", ...shell] : shell;
  const { stdout, stderr } = spawnSync(command as string, rest, { encoding: "utf8" });
  const lines = stdout.trim().split("\n");
  expect(lines.filter((line) => !line.startsWith("./"))).toEqual(["one-by-one 0", "mlp 1", "one-by-one 0"]);
  const names = lines.filter((line) => line.startsWith("./")).map((line) => line.replace(/[0-9a-f]{16}/, "ID"));
  expect(names).toEqual(["./ID/epochs.jsonl", "./ID/run.json", "./ID/weights.safetensors", "./store.json"]);
  expect(stderr).toMatch(
    /^error: cannot write \S+weights\.safetensors: (the disk is full|files may not be that large here)\n$/,
  );
});
