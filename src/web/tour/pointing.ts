import { useEffect } from "preact/hooks";

const MARK = "data-pointed";
const FOCUSABLE = "button:enabled, summary, a[href], input:enabled, [tabindex='0']";

const isCalm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** What a step is about, which it has outlined and scrolled to. */
let pointed: Element | undefined;

/** Outlines elements where they are shown, also where they come or go later, and scrolls to the first of them. */
export function usePointing(selectors: readonly string[]): void {
  const wanted = selectors.join();
  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const found = selectors.flatMap(shown);
      for (const each of document.querySelectorAll(`[${MARK}]`)) if (!found.includes(each)) each.removeAttribute(MARK);
      for (const each of found) each.setAttribute(MARK, "");
      const [first] = found;
      if (first === pointed) return;
      pointed = first;
      // A link to another view is named in words too: what the reader looks at stays.
      if (first && !first.matches("a")) bringIntoView(first);
    };
    const observer = new MutationObserver(() => {
      frame ||= requestAnimationFrame(look);
    });
    observer.observe(document.body, { childList: true, subtree: true });
    look();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      pointed = undefined;
      for (const each of document.querySelectorAll(`[${MARK}]`)) each.removeAttribute(MARK);
    };
  }, [wanted]);
}

const shown = (selector: string): Element[] =>
  [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());

/** Scrolls to an element: its top, where it is higher than the window. The style sheet leaves room for the panel. */
function bringIntoView(element: Element): void {
  const isHigh = element.getBoundingClientRect().height > innerHeight / 2;
  element.scrollIntoView({ block: isHigh ? "start" : "nearest", behavior: isCalm() ? "instant" : "smooth" });
}

/** Takes the keyboard to what is outlined. */
export function goToPointed(): void {
  if (!pointed) return;
  const control = pointed.matches(FOCUSABLE) ? pointed : pointed.querySelector(FOCUSABLE);
  bringIntoView(pointed);
  if (control instanceof HTMLElement || control instanceof SVGElement) control.focus({ preventScroll: true });
}
