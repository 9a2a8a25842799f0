export type { Architecture, PaperResult } from "./architecture.js";
export { architectures, findArchitecture } from "./registry.js";
export { type TrunkHints, trunkArchitecture, trunkArchitectures, trunkName } from "./trunk.js";
