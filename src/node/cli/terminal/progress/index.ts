export { chooseProgress } from "./choose.js";
export { decodingProgress } from "./decoding.js";
export { measuringProgress } from "./measuring.js";
