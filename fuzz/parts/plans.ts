import { compare } from "../../src/core/experiments/compare/experiment.js";
import { planText } from "../../src/core/experiments/compare/plan-file.js";
import { plannedOptions } from "../../src/core/experiments/compare/planned-options.js";
import { sealPlan } from "../../src/core/experiments/compare/seal-plan.js";
import { readPlan, type SealedPlan, sealed } from "../../src/core/experiments/compare/sealed-plan.js";
import { plannedApparatus } from "../../test/support/apparatus.js";
import { mutateText } from "../mutate.js";
import { attempt, decode, encode, type Part, require, same } from "../part.js";
import type { Random } from "../random.js";

const apparatus = plannedApparatus(3000, 2000);
const VALUES = [null, 0, -1, 2, 1e300, true, "", "x", "__proto__", "mlp", [], {}, [[]], { margin: 0 }, "0".repeat(64)];

/** A plan with one value changed, removed or added, and the hash that it then has. */
function resealed(random: Random, plan: SealedPlan): string {
  const { sha256: _, ...copy } = JSON.parse(planText(plan));
  let at = copy;
  for (;;) {
    const names = Object.keys(at);
    const name = names.length > 0 ? random.pick(names) : "new";
    const inside = at[name];
    if (typeof inside === "object" && inside !== null && random.chance(0.7)) {
      at = inside;
      continue;
    }
    if (random.chance(0.2)) Reflect.deleteProperty(at, name);
    else at[random.chance(0.1) ? "new" : name] = random.pick(VALUES);
    return planText(sealed(copy));
  }
}

/** The plan that `compare --plan` is given. */
export const plansPart: Part = {
  name: "plans",
  weight: 1,
  async open() {
    const asked = {
      architectures: ["quick", "mlp"],
      rounds: 2,
      seed: 3,
      until: { margin: 0.01 },
      settings: { epochs: 2 },
    };
    const plan = sealPlan(asked, apparatus);
    const text = planText(plan);
    const turned = JSON.stringify(Object.fromEntries(Object.entries(plan).toReversed()));
    return {
      make(random) {
        if (random.chance(0.2)) return encode(random.pick([text, turned]));
        return encode(random.chance(0.5) ? mutateText(random, text) : resealed(random, plan));
      },
      check(input) {
        const read = attempt(() => readPlan(decode(input)));
        const step = read && attempt(() => compare.plan(plannedOptions(read)).steps(apparatus).next([]));
        if (!read || !step) return "refused";
        require(!step.done, "a comparison without a run");
        const ids = step.value.jobs.map(({ id }) => id);
        const [quick = [], mlp = []] = read.architectures.map(({ runs }) => runs);
        require(same(
          ids,
          quick.flatMap((id, round) => [id, mlp[round]]),
        ), "other runs than the plan's");
        return "accepted";
      },
    };
  },
};
