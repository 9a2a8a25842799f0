export { chooseProgress } from "./choose.js";
export { measuringProgress } from "./measuring.js";
