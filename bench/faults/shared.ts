import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { drawer } from "./draw.js";
import { pause, run } from "./program.js";
import { type Ground, notAsUsual, type Row } from "./row.js";
import { finishedRuns, leftIn, trainedLines } from "./store.js";

/** The number of times that three processes share each command. */
const TURNS = 2;

/** One of three processes on a store is killed. The others end as a single process does, and each run is trained once. */
export async function sharedStore(ground: Ground): Promise<Row> {
  const { folder, commands, seed } = ground;
  const draw = drawer(seed);
  const fell: string[] = [];
  for (const small of commands)
    for (let turn = 0; turn < TURNS; turn++) {
      const place = join(folder, `${small.name}-${turn}`);
      await mkdir(place);
      const delay = draw(3000);
      const [victim, ...others] = await Promise.all([
        run(small.in(place, join(place, "0")), async (child) => {
          await pause(child, delay);
          child.kill("SIGKILL");
        }),
        run(small.in(place, join(place, "1"))),
        run(small.in(place, join(place, "2"))),
      ]);
      const runs = finishedRuns(join(place, "runs")).size;
      const trained = [victim, ...others].reduce((sum, { stderr }) => sum + trainedLines(stderr), 0);
      const lines = others.flatMap((outcome) => notAsUsual(small, outcome, ground));
      if (trained > runs) lines.push(`${small.name}: ${trained} runs were trained for ${runs}`);
      const left = leftIn(join(place, "runs"));
      if (left.length > 0) lines.push(`${small.name}: left behind: ${left.join(", ")}`);
      fell.push(...lines);
    }
  return { what: "three processes on one store, one killed", tried: TURNS * commands.length, fell };
}

/** The time of a stop, longer than a claim lives without its process. */
const STOPPED_MS = 66_000;

/** A process is stopped until another takes its run, then resumed. Both end as a single process does. */
export async function stopped(ground: Ground): Promise<Row> {
  const { folder, commands } = ground;
  const fell = await Promise.all(
    commands.map(async (small) => {
      const place = join(folder, small.name);
      await mkdir(place);
      const [first, second] = await Promise.all([
        run(small.in(place, join(place, "1")), async (child) => {
          await pause(child, 1000);
          child.kill("SIGSTOP");
          await setTimeout(STOPPED_MS);
          child.kill("SIGCONT");
        }),
        setTimeout(1500).then(() => run(small.in(place, join(place, "2")))),
      ]);
      return [first, second].flatMap((outcome) => notAsUsual(small, outcome, ground));
    }),
  );
  return { what: "a process stopped for 66 s beside another", tried: commands.length, fell: fell.flat() };
}
