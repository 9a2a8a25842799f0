import { oneOf, partly } from "../checks.js";
import { InvalidRequest } from "../errors.js";
import { KINDS, kindOf } from "./kinds.js";
import type { Layer } from "./layer.js";
import { checkFields } from "./layer-kind.js";

/** The most residual layers within one another. A layer that contains itself would have no end. */
const DEEPEST = 32;

const checkKind = oneOf(Object.keys(KINDS));

/**
 * @param name  the layer's place: "trunk.4.body.0"
 * @throws InvalidRequest naming what is unknown, missing or out of range
 */
export function checkLayer(layer: Layer, name: string): void {
  partly({})(layer, name);
  checkKind(layer.kind, `${name}.kind`);
  checkFields(kindOf(layer).fields, layer, name);
  if (name.split(".").length > 2 * DEEPEST)
    throw new InvalidRequest(`${name.split(".", 2).join(".")}: residual layers are nested more than ${DEEPEST} deep`);
}
