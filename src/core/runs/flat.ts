/** A value at the end of a path. */
export type Leaf = string | number | boolean | null;

/** Plain data as paths with their values: `{ engine: { simd: "base" } }` has "engine.simd". Elements of arrays count from 0. */
export function flatten(data: object, path: readonly string[] = []): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  for (const [name, value] of Object.entries(data)) {
    const here = [...path, name];
    if (typeof value === "object" && value !== null)
      for (const [key, leaf] of flatten(value, here)) leaves.set(key, leaf);
    else if (value !== undefined) leaves.set(here.join("."), value);
  }
  return leaves;
}
