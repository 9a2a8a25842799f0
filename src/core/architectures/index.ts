export type { Architecture, PaperResult } from "./architecture.js";
export { architectures, findArchitecture, furtherArchitectures, PAPER_CURVES } from "./registry.js";
export { type TrunkHints, trunkArchitecture, trunkArchitectures, trunkName } from "./trunk.js";
