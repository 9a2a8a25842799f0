import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { obstacleTo, script } from "./namespaces.js";
import { run } from "./program.js";
import { type Ground, notAsUsual, type Row } from "./row.js";
import { shim } from "./shims.js";
import { finishedRuns, trainedLines } from "./store.js";

/** Nothing is lost where folders, or files too, cannot be flushed to the disk. */
export async function withoutFlush(ground: Ground): Promise<Row> {
  const what = "a file system that cannot flush";
  const { folder, commands } = ground;
  const preloaded = shim("flush", folder);
  if ("obstacle" in preloaded) return { what, tried: 0, fell: [], remark: `left out: ${preloaded.obstacle}` };
  const fell: string[] = [];
  for (const flush of ["files", "none"])
    for (const small of commands) {
      const place = join(folder, `${small.name}-${flush}`);
      await mkdir(place);
      fell.push(...notAsUsual(small, await run([...preloaded(`FLUSH=${flush}`), ...small.in(place)]), ground));
    }
  return { what, tried: 2 * commands.length, fell };
}

const HOUR_S = 3600;
/** Gives a process its own process ids, so that others see it as a process of another machine. */
const AS_ANOTHER_MACHINE = ["unshare", "-r", "--pid", "--fork", "--kill-child"] as const;

/** Two processes whose clocks differ share a store. Each run is trained once, and both end as a single process does. */
export async function otherClocks(ground: Ground): Promise<Row> {
  const what = "two clocks that differ, on one store";
  const { folder, commands } = ground;
  const preloaded = shim("clock", folder);
  if ("obstacle" in preloaded) return { what, tried: 0, fell: [], remark: `left out: ${preloaded.obstacle}` };
  const apart = obstacleTo([...AS_ANOTHER_MACHINE, "true"]) === undefined;
  const fell: string[] = [];
  let tried = 0;
  for (const shift of [HOUR_S, -HOUR_S, 48 * HOUR_S])
    for (const small of commands) {
      const place = join(folder, `${small.name}${shift}`);
      await mkdir(place);
      const [one, other] = await Promise.all([
        run(small.in(place, join(place, "one"))),
        run([
          ...(apart ? AS_ANOTHER_MACHINE : []),
          ...preloaded(`SHIFT=${shift}`),
          ...small.in(place, join(place, "other")),
        ]),
      ]);
      tried++;
      const trained = trainedLines(one.stderr) + trainedLines(other.stderr);
      const runs = finishedRuns(join(place, "runs")).size;
      const lines = [...notAsUsual(small, one, ground), ...notAsUsual(small, other, ground)];
      if (trained !== runs) lines.push(`${small.name}: ${trained} runs were trained for ${runs}`);
      fell.push(...lines.map((line) => `${line}, ${shift} s off`));
    }
  return { what, tried, fell, ...(apart ? {} : { remark: "in one space of process ids" }) };
}

/** Every command does what it does elsewhere where a process may open few files. */
export async function fewFiles(ground: Ground): Promise<Row> {
  const { folder, commands } = ground;
  const fell: string[] = [];
  for (const limit of ["128", "64"])
    for (const small of commands) {
      const place = join(folder, `${small.name}-${limit}`);
      await mkdir(place);
      const limited = script('ulimit -n "$1" || exit 99; shift; exec "$@"', limit, ...small.in(place));
      fell.push(...notAsUsual(small, await run(limited), ground).map((line) => `${line}, with ${limit} open files`));
    }
  return { what: "128 and 64 open files", tried: 2 * commands.length, fell };
}
