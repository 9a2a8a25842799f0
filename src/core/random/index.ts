export { type Chance, Stream } from "./streams.js";
