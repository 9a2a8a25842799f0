import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { shown } from "../../core/checks.js";
import { InvalidRequest } from "../../core/errors.js";
import type { SealedPlan } from "../../core/experiments/compare/sealed-plan.js";
import type { SessionOptions } from "./options.js";

/** Options that a plan leaves open: they change no number. */
export const BESIDE_A_PLAN: readonly string[] = ["data", "images", "workers", "runs", "queue", "quiet"];

const OPEN: readonly string[] = [...BESIDE_A_PLAN, "plan", "out", "json"];

/**
 * A command's options with those that its plan decides: seed, build of the kernels, and how images are read.
 *
 * @throws InvalidRequest where something else is given that the plan decides
 */
export function withPlan<Options extends SessionOptions>(command: CommandUnknownOpts, options: Options): Options {
  const { plan } = options as { readonly plan?: SealedPlan };
  if (!plan) return options;
  const [argument] = command.args;
  if (argument !== undefined)
    throw new InvalidRequest(`--plan says which networks are compared: leave ${shown(argument)} out`);
  const given = command.options.find((option) => {
    const name = option.attributeName();
    return command.getOptionValueSource(name) === "cli" && !OPEN.includes(name);
  });
  if (given) throw new InvalidRequest(`--plan says what is compared, and how: leave ${given.long} out`);
  return { ...options, ...plan.dataset.asked, seed: plan.seed, simd: plan.engine.simd };
}
