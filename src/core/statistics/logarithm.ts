/** ln 2 in two parts: a whole number below 2^20 times the first is exact (from fdlibm, Sun Microsystems 1993). */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/**
 * The natural logarithm of a positive number, to a relative error below 1e-14, by the series of atanh. Only +, −, × and ÷,
 * so that every machine gets the same bits. −Infinity of 0, NaN of negative numbers.
 */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  // x = mantissa · 2^exponent, with the mantissa from √½ to √2: halving and doubling is exact.
  let [mantissa, exponent] = [x, 0];
  for (; mantissa > Math.SQRT2; mantissa /= 2) exponent++;
  for (; mantissa < Math.SQRT1_2; mantissa *= 2) exponent--;
  const z = (mantissa - 1) / (mantissa + 1);
  let power = z;
  let sum = z;
  for (let k = 3; ; k += 2) {
    power *= z * z;
    if (sum + power / k === sum) break;
    sum += power / k;
  }
  return exponent * LN2_HIGH + (exponent * LN2_LOW + 2 * sum);
}

/**
 * e to the power x, to a relative error below 1e-14, by the Taylor series. Only +, −, × and ÷, so that every machine gets the
 * same bits. Infinity and 0 where a double ends.
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 710) return Number.POSITIVE_INFINITY;
  if (x < -746) return 0;
  // x = doublings · ln 2 + rest, with the rest from −½ ln 2 to ½ ln 2.
  const doublings = Math.floor(x / Math.LN2 + 0.5);
  const rest = x - doublings * LN2_HIGH - doublings * LN2_LOW;
  let term = 1;
  let sum = 1;
  for (let k = 1; ; k++) {
    term *= rest / k;
    if (sum + term === sum) break;
    sum += term;
  }
  for (let i = 0; i < doublings; i++) sum *= 2;
  for (let i = 0; i > doublings; i--) sum /= 2;
  return sum;
}
