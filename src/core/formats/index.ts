export { decodeSafetensors, type SafetensorsFile } from "./decode-safetensors.js";
export { stringifyJson } from "./json.js";
export { encodeSafetensors, type NamedTensor, type TensorData } from "./safetensors.js";
