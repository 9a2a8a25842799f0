/** An object's fields of some names, in their order, without those that are undefined. */
export const picked = <Of extends object, const Name extends keyof Of & string>(
  from: Of,
  ...names: readonly Name[]
): Pick<Of, Name> =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]]))) as Pick<Of, Name>;
