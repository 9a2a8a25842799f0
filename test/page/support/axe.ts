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

/**
 * Asks axe about what is shown now, on a phone and on a desk, in light and in dark; nothing scrolls sideways.
 *
 * @param part  a selector of all that differs from a view that a test asks about as a whole
 */
export async function checkView(visitor: Visitor, part = "html"): Promise<void> {
  const { page } = visitor;
  // Colours do not depend on the width, nor the rest on colours.
  for (const [scheme, size] of [
    ["light", NARROW],
    ["dark", USUAL],
  ] as const) {
    await page.setViewport(size);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    const violations = await page.evaluate(async (within) => {
      const { axe } = globalThis as unknown as {
        readonly axe: { run(context: string, options: object): Promise<AxeResults> };
      };
      const results = await axe.run(within, { resultTypes: ["violations"], preload: false });
      return results.violations.map(({ id, nodes }) => ({
        rule: id,
        at: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`),
      }));
    }, part);
    const where = `${await visitor.address()}, ${scheme}, ${size.width} px`;
    expect({ where, violations }).toEqual({ where, violations: [] });
    expect(await sideways(visitor), where).toBe(0);
  }
}
