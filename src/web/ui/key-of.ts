const keys = new WeakMap<object, number>();
let given = 0;

/** A number for an object, always the same, as a key where it has no name. */
export function keyOf(value: object): number {
  const known = keys.get(value);
  if (known !== undefined) return known;
  keys.set(value, ++given);
  return given;
}
