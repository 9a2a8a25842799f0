import { stringifyJson } from "../../formats/json.js";
import type { DataFile } from "../shared/part.js";
import type { SealedPlan } from "./sealed-plan.js";

/** A plan's text, as files have it. */
export const planText = (plan: SealedPlan): string => `${stringifyJson(plan, 2)}\n`;

/** The plan in a report's folder, by which `pairlab verify` knows its runs. */
export const planFile = (plan: SealedPlan): DataFile => ({
  fileName: "compare-plan.json",
  holds: "the plan, as it was sealed",
  text: planText(plan),
});
