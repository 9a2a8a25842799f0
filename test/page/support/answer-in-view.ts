import { expect } from "vitest";
import type { Visitor } from "./visitor.js";

export const SIZES = [
  { width: 1366, height: 768 },
  { width: 1280, height: 720 },
  { width: 360, height: 740 },
  { width: 740, height: 360 },
] as const;

/** Expects the answer to what is drawn, and both pads, in view without scrolling, at each of these sizes. */
export async function expectAnswerInView(visitor: Visitor): Promise<void> {
  for (const size of SIZES) {
    await visitor.page.setViewport(size);
    const { boxes, cut } = await visitor.page.evaluate(() => {
      scrollTo(0, 0);
      const shown = [...document.querySelectorAll(".answer, .sheet > svg")];
      return {
        boxes: shown.map((each) => each.getBoundingClientRect().toJSON() as DOMRect),
        // What is said is whole, too.
        cut: [...document.querySelectorAll(".answer, .answer > *")].filter(
          ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
            clientWidth > 0 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1),
        ).length,
      };
    });
    const [sentence, ...pads] = boxes;
    expect(boxes, JSON.stringify(size)).toHaveLength(3);
    for (const box of boxes) {
      const { left, top, right, bottom } = box;
      const isInside = left >= 0 && top >= 0 && right <= size.width && bottom <= size.height;
      expect(isInside, JSON.stringify({ size, box })).toBe(true);
    }
    for (const pad of pads) {
      expect(pad.width).toBeCloseTo(pad.height, 0);
      expect(pad.width).toBeGreaterThan(140);
      if (size.width > size.height * 2) expect(pad.left).toBeGreaterThanOrEqual(sentence?.right ?? 0);
      else expect(pad.top).toBeGreaterThanOrEqual(sentence?.bottom ?? 0);
    }
    expect({ size, cut }).toEqual({ size, cut: 0 });
  }
}
