import { fileURLToPath } from "node:url";
import { z } from "zod";
import { Child, type Program } from "./child.js";
import type { Contestant, Runner } from "./contestant.js";
import type { Task } from "./task.js";

/** A path in the folder of the sources: peers' programs are not compiled. */
export const here = (path: string): string => fileURLToPath(new URL(`../../bench/${path}`, import.meta.url));

const Check = z.object({ losses: z.tuple([z.number(), z.number()]) });
const Epoch = z.object({ milliseconds: z.number() });

/** A contestant in a process of its own. */
export function peer(name: string, settings: string, programOf: (task: Task) => Program): Contestant {
  return {
    name,
    settings,
    async start(task): Promise<Runner> {
      const child = await Child.start(programOf(task));
      return {
        async check(steps) {
          const { losses } = await child.ask({ do: "check", steps }, Check);
          return { start: losses[0], trained: losses[1] };
        },
        epoch: async () => (await child.ask({ do: "epoch" }, Epoch)).milliseconds,
        stop: () => child.stop(),
      };
    },
  };
}
