export { encodeSafetensors, type NamedTensor } from "./safetensors.js";
