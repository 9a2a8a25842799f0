export type { Architecture, PaperResult } from "./architecture.js";
export { architectures, findArchitecture } from "./registry.js";
