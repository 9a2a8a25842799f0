/**
 * A value of JSON as the JSON Canonicalization Scheme writes it (RFC 8785): without spaces, names in the order of their UTF-16 units. The
 * order of fields and the layout of a file change nothing in it. Fields that are undefined are left out.
 *
 * @param value  what a JSON parser gives, nested in so few levels that a function can go down them
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}
