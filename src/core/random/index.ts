export { Stream } from "./streams.js";
