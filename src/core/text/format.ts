/** Shown in place of a missing number, such as the spread of a single round. */
export const ABSENT = "–";

/** A number with that many decimals, and a minus sign as wide as a plus if the printed number is below zero: "−8.12", "0.00". */
export function signed(value: number, digits: number): string {
  const size = Math.abs(value).toFixed(digits);
  return value < 0 && Number(size) > 0 ? `−${size}` : size;
}

/** 0.0838 → "8.4%", 0.0016 → "0.16%": two decimals below one percent, where a single one would hide the value. */
export const percent = (fraction: number): string =>
  Number.isNaN(fraction) ? ABSENT : `${toPoints(fraction, decimals(fraction))}%`;

/** A standard deviation of fractions, in percentage points: 0.0093 → "0.93 pt". */
export const points = (fraction: number | null): string =>
  fraction === null || Number.isNaN(fraction) ? ABSENT : `${toPoints(fraction, decimals(fraction))} pt`;

/** "17.9–19.8%"; both ends with as many decimals as the lower one needs. */
export function percentInterval(interval: readonly [number, number] | null): string {
  if (!interval?.every((end) => !Number.isNaN(end))) return ABSENT;
  const [low, high] = interval;
  return `${toPoints(low, decimals(low))}–${toPoints(high, decimals(low))}%`;
}

/** A share and its interval: "8.4% [7.9, 8.9]"; without one "8.4%". */
export const percentWithInterval = (fraction: number, interval: readonly [number, number] | null): string =>
  `${percent(fraction)}${bracketed(interval, decimals(fraction))}`;

/** A mean and its standard deviation: "8.4% ± 0.93 pt". */
export const plusMinus = (mean: number, sd: number | null): string =>
  Number.isNaN(mean) ? ABSENT : `${percent(mean)} ± ${points(sd)}`;

/** A mean with its standard deviation if it has one; for a single round, which has none: "8.4%". */
export const meanAndSpread = ({ mean, sd }: { readonly mean: number; readonly sd: number | null }): string =>
  sd === null ? percent(mean) : plusMinus(mean, sd);

/** A difference of fractions in percentage points, without its sign, and its interval likewise: "2.9 points [2.1, 3.8]". */
export function pointsWithInterval(difference: number, interval: readonly [number, number] | null): string {
  const size = `${toPoints(Math.abs(difference), decimals(Math.abs(difference)))} points`;
  return interval ? `${size} ${pointsInterval(difference, interval)}` : size;
}

/** The interval of `pointsWithInterval`, whose sign is that of its difference: "[2.1, 3.8]". */
export function pointsInterval(difference: number, interval: readonly [number, number]): string {
  const ends = difference < 0 ? interval.map((end) => -end).toReversed() : interval;
  return bracketed(ends, decimals(Math.abs(difference))).trimStart();
}

/** A difference of fractions in percentage points and its interval: "−2.9 [−3.8, −2.1]". */
export function signedPoints(difference: number, interval: readonly [number, number] | null): string {
  const digits = decimals(Math.abs(difference));
  return `${toPoints(difference, digits)}${bracketed(interval, digits)}`;
}

/** The interval of `signedPoints` without its difference: "[−3.8, −2.1]". */
export const signedPointsInterval = (difference: number, interval: readonly [number, number]): string =>
  bracketed(interval, decimals(Math.abs(difference))).trimStart();

/** "p < 0.001", "p = 0.012", "p = 0.35". */
export const pValue = (p: number): string => (p < LEAST_P ? `p ${bareP(p)}` : `p = ${bareP(p)}`);

/** The same for a table whose column says p: "< 0.001", "0.012", "0.35". */
export const bareP = (p: number | null): string =>
  p === null ? ABSENT : p < LEAST_P ? `< ${LEAST_P}` : p.toFixed(p < 0.0995 ? 3 : 2);

/** Smaller ones are not distinguished. */
const LEAST_P = 0.001;

/** All digits that a fraction of pairs has in percent, with at least one decimal: 0.1254 → "12.54". */
export function printedDigits(fraction: number): string {
  const digits = String(Number((100 * fraction).toFixed(6)));
  return digits.includes(".") ? digits : `${digits}.0`;
}

/** A result of the paper, as it prints it: "12.54% ± 0.95 pt". */
export const paperPlusMinus = (mean: number, sd: number): string => `${printedDigits(mean)}% ± ${printedDigits(sd)} pt`;

/** A noun as it stands behind a number: "1 run", "2 runs". */
export const nounFor = (value: number, one: string, several = `${one}s`): string => (value === 1 ? one : several);

export const count = (value: number): string => value.toLocaleString("en-US");

/** "0.42 s", "4.2 s", "42 s", "3 min 20 s", "2 h 5 min". */
export function duration(seconds: number): string {
  if (seconds < 59.5) return `${seconds.toFixed(seconds < 1 ? 2 : seconds < 10 ? 1 : 0)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** "2026-11-24 13:49", in the time zone of this machine. */
export function localTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

const bracketed = (interval: readonly number[] | null | undefined, digits: number): string =>
  interval ? ` [${interval.map((end) => toPoints(end, digits)).join(", ")}]` : "";

const decimals = (fraction: number): number => (100 * fraction < 0.995 ? 2 : 1);

const toPoints = (fraction: number, digits: number): string => signed(100 * fraction, digits);
