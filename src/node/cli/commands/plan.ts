import { shellWord } from "../../../core/data/image-options.js";
import { InvalidRequest } from "../../../core/errors.js";
import type { CompareOptions } from "../../../core/experiments/compare/options.js";
import { planText } from "../../../core/experiments/compare/plan-file.js";
import { sealPlan } from "../../../core/experiments/compare/seal-plan.js";
import { inShort } from "../../../core/given.js";
import { loadDataset } from "../../data/load-dataset.js";
import { codeOf } from "../../errors.js";
import { writeWhole } from "../../files.js";
import { engineIdentity } from "../../kernels.js";
import { readTextWithin, Unreadable } from "../../read.js";
import { imagesAsked, type SessionOptions } from "../options.js";
import { MEASURED_PAIR_OPTIONS } from "../pair-names.js";
import { print, printJson, remark } from "../terminal/output.js";
import { decodingProgress } from "../terminal/progress/index.js";

/** Options of `pairlab plan`, beside those that say what is compared. */
export interface PlanOptions extends SessionOptions {
  /** The plan's file. */
  readonly out: string;
}

/** `pairlab plan`: writes down what `compare` would do, and seals it. Nothing is trained. */
export async function writePlan(compared: CompareOptions, options: PlanOptions): Promise<void> {
  const { out, data, images, simd, json, quiet } = options;
  const progress = decodingProgress(quiet === true);
  const dataset = await loadDataset(data, { ...imagesAsked(options), onProgress: progress.show }).finally(progress.end);
  const apparatus = { dataset, engine: engineIdentity(simd), workers: 1, pairNames: MEASURED_PAIR_OPTIONS };
  const plan = sealPlan(compared, apparatus);
  await writeOnce(out, planText(plan));
  if (json) printJson(plan);
  else {
    print(`${inShort(out)}: SHA-256 ${plan.sha256}`);
    print(`${plan.words.join(" ")} Nothing was trained.`);
  }
  if (json || quiet) return;
  const where = [
    ...(data === undefined ? [] : [`--data ${shellWord(data)}`]),
    ...(images === undefined ? [] : [`--images ${shellWord(images)}`]),
  ];
  remark("");
  remark(
    `put the hash where it gets a date, such as a commit or an e-mail; then: ${["pairlab compare --plan", shellWord(out), ...where].join(" ")}`,
  );
}

/** Larger than any plan. */
const MOST_BYTES = 2 ** 26;

/** Writes a file unless it is there as it would be. @throws InvalidRequest where there is another */
async function writeOnce(path: string, text: string): Promise<void> {
  const before = await readTextWithin(path, MOST_BYTES).catch((error) => {
    if (codeOf(error) === "ENOENT") return undefined;
    if (error instanceof Unreadable)
      throw new InvalidRequest(`${inShort(path)} is there, and ${error.message}: name another file with --out`);
    throw error;
  });
  if (before === text) return;
  if (before !== undefined)
    throw new InvalidRequest(
      `${inShort(path)} is there, with other content: name another file with --out, or remove it`,
    );
  await writeWhole(path, text);
}
