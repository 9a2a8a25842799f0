export type { Architecture, PaperResult } from "./architecture.js";
export type { OwnArchitecture } from "./own.js";
export {
  addArchitectures,
  architectures,
  architectureTitle,
  findArchitecture,
  furtherArchitectures,
  namedArchitectures,
  ownArchitectures,
  PAPER_CURVES,
  paperResult,
} from "./registry.js";
export { type TrunkHints, trunkArchitecture, trunkArchitectures, trunkName } from "./trunk.js";
