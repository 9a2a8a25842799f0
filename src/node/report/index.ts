export type { ReportPart } from "./part.js";
export { writeReport } from "./write.js";
