const keys = new WeakMap<object, number>();
let given = 0;

/** A number for an object, the same each time: for keys of what has no name of its own. */
export function keyOf(value: object): number {
  const known = keys.get(value);
  if (known !== undefined) return known;
  keys.set(value, ++given);
  return given;
}
