import type { Relation } from "../../data/relations.js";

/** f32 [classes, classes]: 1 for the pairs of a first and a second class whose relation holds, or else does not, as `wanted` says. */
export const relationTable = (relation: Relation, classes: number, wanted: boolean): Float32Array =>
  Float32Array.from({ length: classes ** 2 }, (_, at) =>
    Number(relation.holds(Math.floor(at / classes), at % classes) === wanted),
  );
