export type { ReportPart } from "../../core/experiments/shared/part.js";
export { writeReport } from "./write.js";
