import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { drawer } from "./draw.js";
import { IN_OWN_MOUNTS, obstacleToMounting, script } from "./namespaces.js";
import { type Outcome, oneLine, run } from "./program.js";
import { type Ground, notAsUsual, type Row } from "./row.js";

/** Disks have random sizes below this, in KiB. A command here needs less. */
const LARGEST_KIB = 3000;
const DISKS_EACH = 3;

/**
 * A disk that is too small ends a command with one line and exit code 1; when there is room, the same command does what it
 * does elsewhere.
 */
export async function fullDisk(ground: Ground): Promise<Row> {
  const what = "a disk that gets full";
  const obstacle = obstacleToMounting();
  if (obstacle) return { what, tried: 0, fell: [], remark: `left out: ${obstacle}` };
  const { folder, commands, seed } = ground;
  const draw = drawer(seed);
  const fell: string[] = [];
  let [tried, full] = [0, 0];
  for (const small of commands) {
    for (let disk = 0; disk < DISKS_EACH; disk++) {
      const place = join(folder, `${small.name}-${disk}`);
      await mkdir(place);
      const size = 16 + draw(LARGEST_KIB - 16);
      const text = `place=$1; size=$2; shift 2
        mount -t tmpfs -o size="$size"k tmpfs "$place" || exit 99
        "$@" 2>"$place.err" >/dev/null; echo $?
        mount -o remount,size=64m "$place" || exit 99
        cat "$place.err" >&2
        "$@" 2>/dev/null; code=$?
        find "$place" -name '*.tmp' -o -path '*/claims/*' -o -name 'checkpoint.*' | sed 's/^/left behind: /' >&2
        exit $code`;
      const outcome = await run([...IN_OWN_MOUNTS, ...script(text, place, String(size), ...small.in(place))]);
      const [first = "", ...rest] = outcome.stdout.split("\n");
      const second: Outcome = { ...outcome, stdout: rest.join("\n") };
      tried++;
      full += Number(first === "1");
      const at = `on ${size} KiB`;
      if (first === "1" ? !/^(?:(?!error).*\n)*error: [^\n]+\n$/.test(outcome.stderr) : first !== "0")
        fell.push(`${small.name} ${at}: exit code ${first}: ${outcome.stderr.trimEnd()}`);
      if (outcome.stderr.includes("left behind")) fell.push(`${small.name} ${at}: ${outcome.stderr}`);
      fell.push(...notAsUsual(small, second, ground).map((line) => `${line} after being full ${at}`));
    }
  }
  return { what, tried, fell, remark: `${full} of these disks got full` };
}

/**
 * A complete store that may only be read serves every command; one that is not complete ends a command that trains with one
 * line and exit code 2 before it does.
 */
export async function readOnlyStore(ground: Ground): Promise<Row> {
  const what = "a store that may only be read";
  const obstacle = obstacleToMounting();
  if (obstacle) return { what, tried: 0, fell: [], remark: `left out: ${obstacle}` };
  const { folder, commands, complete } = ground;
  const fell: string[] = [];
  const readOnly = (place: string, command: readonly string[]) =>
    run([
      ...IN_OWN_MOUNTS,
      ...script(
        'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 99; shift; exec "$@"',
        place,
        ...command,
      ),
    ]);
  for (const small of commands) {
    const place = join(folder, small.name);
    await cp(join(complete, small.name), place, { recursive: true });
    const report = join(folder, "report");
    fell.push(...notAsUsual(small, await readOnly(place, small.in(place, report)), ground));
    const half = `${place}-half`;
    await cp(place, half, { recursive: true });
    const [id = ""] = (await readdir(join(half, "runs"))).filter((name) => /^[0-9a-f]{16}$/.test(name));
    await rm(join(half, "runs", id), { recursive: true });
    const outcome = await readOnly(half, small.in(half, report));
    const last: Outcome = { ...outcome, stderr: `${outcome.stderr.trimEnd().split("\n").at(-1)}\n` };
    if (outcome.code !== 2 || !oneLine(last))
      fell.push(`${small.name}, a run missing: exit code ${outcome.code}: ${outcome.stderr.trimEnd()}`);
  }
  return { what, tried: 2 * commands.length, fell };
}
