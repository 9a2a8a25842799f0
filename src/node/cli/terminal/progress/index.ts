export { chooseProgress } from "./choose.js";
export { measuringProgress } from "./measuring.js";
export type { Progress } from "./progress.js";
