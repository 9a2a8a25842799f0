export { decodeSafetensors, type SafetensorsFile } from "./decode-safetensors.js";
export { type JsonNumber, numberFromJson, stringifyJson } from "./json.js";
export { encodeSafetensors, type NamedTensor, type TensorData } from "./safetensors.js";
export type { FileRole, SiteFile, SiteManifest } from "./site-manifest.js";
export { TensorReader } from "./tensor-reader.js";
