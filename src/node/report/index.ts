export { ablatePart } from "./ablate.js";
export { type ComparisonDocument, comparePart, comparisonJson } from "./compare.js";
export type { ReportPart } from "./part.js";
export { reproducePart } from "./reproduce.js";
export { type TuneCommands, tunePart } from "./tune.js";
export { worthPart } from "./worth.js";
export { writeReport } from "./write.js";
