import fc from "fast-check";
import { expect, test } from "vitest";
import { type Domain, domainWords, placeOf, valueAt } from "./domain.js";

const rate: Domain = { kind: "range", low: 0.0003, high: 0.03, scale: "log" };
const dropout: Domain = { kind: "range", low: 0, high: 0.7, scale: "linear" };
const momentum: Domain = { kind: "range", low: 0.5, high: 0.995, scale: "log of rest" };
const batch: Domain = { kind: "choices", values: [25, 50, 100, 200] };
const sizes: Domain = { kind: "range", low: 10, high: 1000, scale: "log", whole: true };

test("the ends and the middle of each scale", () => {
  expect([0, 0.5, 1].map((place) => valueAt(rate, place))).toEqual([0.0003, 0.003, 0.03]);
  expect([0, 0.5, 1].map((place) => valueAt(dropout, place))).toEqual([0, 0.35, 0.7]);
  // The geometric mean of 0.5 and 0.005 is 0.05.
  expect([0, 0.5, 1].map((place) => valueAt(momentum, place))).toEqual([0.5, 0.95, 0.995]);
  expect([0, 0.24, 0.26, 0.5, 0.99, 1].map((place) => valueAt(batch, place))).toEqual([25, 25, 50, 100, 200, 200]);
  expect([0, 0.5, 1].map((place) => valueAt(sizes, place))).toEqual([10, 100, 1000]);
});

test("values have two digits, stay within, and are found again where they came from", () => {
  for (const domain of [rate, dropout, momentum, sizes])
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (place) => {
        const value = valueAt(domain, place) as number;
        expect(value).toBeGreaterThanOrEqual(domain.kind === "range" ? domain.low : Number.NaN);
        expect(value).toBeLessThanOrEqual(domain.kind === "range" ? domain.high : Number.NaN);
        const digits = domain === momentum ? 1 - value : value;
        expect(digits).toBeCloseTo(Number(digits.toPrecision(2)), 12);
        // Rounding moves a value by 5% at most: ln 1.05 / ln 100 of the narrowest scale; or to a whole number.
        expect(Math.abs((placeOf(domain, value) as number) - place)).toBeLessThan(0.013);
      }),
    );
});

test("rounding to two digits does not leave a range with ends of more", () => {
  const narrow: Domain = { kind: "range", low: 0.1234, high: 0.1266, scale: "log" };
  for (const place of [0, 0.3, 0.7, 1]) {
    const value = valueAt(narrow, place) as number;
    expect(value).toBeGreaterThanOrEqual(0.1234);
    expect(value).toBeLessThanOrEqual(0.1266);
  }
});

test("what lies outside has no place", () => {
  expect(placeOf(rate, 0.1)).toBeUndefined();
  expect(placeOf(rate, 0)).toBeUndefined();
  expect(placeOf(batch, 64)).toBeUndefined();
  expect(placeOf(batch, 50)).toBeCloseTo(0.375, 12);
});

test("in words", () => {
  expect(domainWords(rate)).toBe("0.0003 to 0.03");
  expect(domainWords(batch)).toBe("25, 50, 100 or 200");
});

test("of a place's binary digits only so many count, on a logarithmic scale", () => {
  const coarse: Domain = { ...rate, digits: 2 };
  // 0.0003 · 100^(0, ¼, ½, ¾)
  expect([0.1, 0.3, 0.6, 0.99].map((place) => valueAt(coarse, place))).toEqual([0.0003, 0.00095, 0.003, 0.0095]);
  expect(valueAt({ ...dropout, digits: 2 }, 0.3)).toBe(0.21);
});
