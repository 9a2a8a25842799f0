export { decodeSafetensors, type SafetensorsFile } from "./decode-safetensors.js";
export { stringifyJson } from "./json.js";
export { encodeNpy } from "./npy.js";
export { encodeSafetensors, type NamedTensor, type TensorData } from "./safetensors.js";
