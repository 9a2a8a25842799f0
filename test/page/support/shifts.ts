import { setTimeout } from "node:timers/promises";
import type { Visitor } from "./visitor.js";

declare global {
  /** The layout shifts since the page was opened, without those that follow a visitor's input. */
  var shifted: { readonly value: number; readonly what: string }[];
}

/** Notes how much moves in a page that is opened afterwards (https://web.dev/articles/cls). */
export const noteShifts = ({ page }: Visitor) =>
  page.evaluateOnNewDocument(() => {
    interface Shift extends PerformanceEntry {
      readonly value: number;
      readonly hadRecentInput: boolean;
      readonly sources: readonly { readonly node: Node | null }[];
    }
    globalThis.shifted = [];
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[]) {
        const what = sources
          .map(({ node }) => (node as Element | null)?.outerHTML?.slice(0, 80) ?? node?.textContent)
          .join("; ");
        if (!hadRecentInput) globalThis.shifted.push({ value, what });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });

/** What has moved, for messages. */
export const whatMoved = ({ page }: Visitor): Promise<string> =>
  page.evaluate(() => globalThis.shifted.map(({ value, what }) => `${value.toFixed(3)}: ${what}`).join("\n"));

/** The sum of all that has moved, which is at least the cumulative layout shift: that takes the worst five seconds. */
export async function shifts(visitor: Visitor): Promise<number> {
  // Entries come after the frame that has them.
  await setTimeout(200);
  return visitor.page.evaluate(() => globalThis.shifted.reduce((sum, { value }) => sum + value, 0));
}
