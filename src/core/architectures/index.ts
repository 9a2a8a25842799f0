export type { Architecture, PaperResult } from "./architecture.js";
export { architectures, findArchitecture, furtherArchitectures } from "./registry.js";
export { type TrunkHints, trunkArchitecture, trunkArchitectures, trunkName } from "./trunk.js";
