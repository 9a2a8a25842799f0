/**
 * The number that a text is, read character by character: what the product reads with a pattern, said another way. A minus,
 * digits, a point between or before digits, an exponent.
 */
export function plainNumber(text: string): number | undefined {
  let at = text.startsWith("-") ? 1 : 0;
  const digits = (): number => {
    const start = at;
    while (at < text.length && "0123456789".includes(text[at] as string)) at++;
    return at - start;
  };
  const whole = digits();
  if (text[at] === ".") {
    at++;
    if (digits() === 0) return undefined;
  } else if (whole === 0) return undefined;
  if (at < text.length && "eE".includes(text[at] as string)) {
    at++;
    if (at < text.length && "+-".includes(text[at] as string)) at++;
    if (digits() === 0) return undefined;
  }
  if (at < text.length) return undefined;
  const value = JSON.parse(asJson(text)) as number;
  return Math.abs(value) <= Number.MAX_VALUE ? value : undefined;
}

/** JSON has no number that begins with a point or with a zero before other digits. */
function asJson(text: string): string {
  const [sign, size] = text.startsWith("-") ? ["-", text.slice(1)] : ["", text];
  let start = 0;
  while (size[start] === "0" && "0123456789".includes(size[start + 1] ?? ".")) start++;
  return `${sign}${size[start] === "." ? "0" : ""}${size.slice(start)}`;
}

/** The same of digits alone, as far as they are exact. */
export function plainWhole(text: string): number | undefined {
  const isDigits = [...text.replace("-", "")].every((each) => "0123456789".includes(each));
  const value = isDigits ? plainNumber(text) : undefined;
  return value !== undefined && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined;
}
