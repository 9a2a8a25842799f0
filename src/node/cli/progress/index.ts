export { chooseProgress } from "./choose.js";
export type { Progress } from "./progress.js";
