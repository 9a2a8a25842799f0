/** What a row's bar did while its network was trained. */
export interface Moved {
  /** Different widths, in pixels. */
  readonly widths: number[];
  /** Whether the whole bar was always in the window, which was not scrolled. */
  inView: boolean;
}

declare global {
  /** In the page: what bars did, by network. */
  var moved: Record<string, Moved>;
  /** In the page: what was read aloud, each change. */
  var announced: string[];
}

/** Notes, from before the page is there, how bars move and what is announced. It runs in the page. */
export function noteBars(): void {
  globalThis.moved = {};
  globalThis.announced = [];
  const look = () => {
    for (const rung of document.querySelectorAll(".rung")) {
      const bar = rung.querySelector(".bar")?.getBoundingClientRect();
      const name = rung.querySelector("input")?.name;
      if (!bar || !name || bar.width === 0) continue;
      globalThis.moved[name] ??= { widths: [], inView: true };
      const of = globalThis.moved[name];
      const width = Math.round(bar.width);
      if (!of.widths.includes(width)) of.widths.push(width);
      const { left, top, right, bottom } = bar;
      of.inView &&= scrollY === 0 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      const live = element?.closest("[role=status], [role=alert], [role=log], [aria-live]");
      if (live) globalThis.announced.push(element?.textContent ?? "");
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
