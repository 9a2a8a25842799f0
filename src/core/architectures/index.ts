export type { Architecture, PaperResult } from "./architecture.js";
export type { OwnArchitecture } from "./own.js";
export {
  addArchitectures,
  architectures,
  findArchitecture,
  furtherArchitectures,
  ownArchitectures,
} from "./registry.js";
export { type TrunkHints, trunkArchitecture, trunkArchitectures, trunkName } from "./trunk.js";
