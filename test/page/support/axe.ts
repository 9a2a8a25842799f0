import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { expect } from "vitest";
import type { Visitor } from "./visitor.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const NARROW = { width: 360, height: 740 };
const USUAL = { width: 1280, height: 900 };

/** Before the page is opened. Chromium evaluates what a debugger sends whatever the page's policy is. */
export const bringAxe = ({ page }: Visitor) => page.evaluateOnNewDocument(AXE);

/** By how many pixels the document is wider than the window. */
export const sideways = ({ page }: Visitor): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

interface Look {
  readonly scheme: "light" | "dark";
  readonly size: { readonly width: number; readonly height: number };
  /** Whether only the rules about colours are asked: the others do not depend on the scheme. */
  readonly coloursOnly: boolean;
}

/** Colours do not depend on the width, nor the rest on colours. */
const BRIEFLY: readonly Look[] = [
  { scheme: "light", size: NARROW, coloursOnly: false },
  { scheme: "dark", size: USUAL, coloursOnly: false },
];

/** A phone, the same on its side, a laptop, a projector, and a window of 1280×1024 at 400%. */
export const SIZES = [
  NARROW,
  { width: 740, height: 360 },
  { width: 1366, height: 768 },
  { width: 3840, height: 2160 },
  { width: 320, height: 256 },
] as const;

const EVERYWHERE: readonly Look[] = SIZES.flatMap((size) => [
  { scheme: "light", size, coloursOnly: false },
  { scheme: "dark", size, coloursOnly: true },
]);

/** The rules that look at colours. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * Asks axe about what is shown now, on a phone and on a desk, in light and in dark; nothing scrolls sideways.
 *
 * @param part  a selector of all that differs from a view that a test asks about as a whole
 */
export const checkView = (visitor: Visitor, part?: string): Promise<void> => check(visitor, BRIEFLY, part);

/** The same at every size that the page is made for, in light and in dark at each. */
export const checkEverywhere = (visitor: Visitor, part?: string): Promise<void> => check(visitor, EVERYWHERE, part);

async function check(visitor: Visitor, looks: readonly Look[], part = "html"): Promise<void> {
  const { page } = visitor;
  for (const { scheme, size, coloursOnly } of looks) {
    await page.setViewport(size);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    const found = await page.evaluate(
      async (within, only) => {
        const { axe } = globalThis as unknown as {
          readonly axe: { run(context: string, options: object): Promise<AxeResults> };
        };
        const options = { resultTypes: ["violations"], preload: false, ...(only && { runOnly: only }) };
        const results = await axe.run(within, options);
        return results.violations.map(({ id, nodes }) => ({
          rule: id,
          at: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`),
        }));
      },
      part,
      coloursOnly ? OF_COLOURS : undefined,
    );
    const where = `${await visitor.address()}, ${scheme}, ${size.width}×${size.height}`;
    expect({ where, violations: found, sideways: await sideways(visitor) }).toEqual({
      ...{ where, violations: [], sideways: 0 },
    });
  }
}
