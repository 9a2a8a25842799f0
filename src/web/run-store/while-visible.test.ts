import { expect, test } from "vitest";
import { whileVisible } from "./while-visible.js";

class Tab extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible";

  turn(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

/** Follows what is started and ended, in words. */
function follow(tab: Tab): { readonly log: string[]; readonly end: () => void } {
  const log: string[] = [];
  const end = whileVisible(tab as unknown as Document, () => {
    log.push("start");
    return () => log.push("end");
  });
  return { log, end };
}

test("it goes on while the tab is seen, and not after its end", () => {
  const tab = new Tab();
  const { log, end } = follow(tab);
  expect(log).toEqual(["start"]);
  tab.turn("visible");
  expect(log).toEqual(["start"]);
  tab.turn("hidden");
  tab.turn("hidden");
  expect(log).toEqual(["start", "end"]);
  tab.turn("visible");
  end();
  expect(log).toEqual(["start", "end", "start", "end"]);
  tab.turn("visible");
  expect(log).toHaveLength(4);
});

test("in a tab that is hidden from the start it waits", () => {
  const tab = new Tab();
  tab.visibilityState = "hidden";
  const { log, end } = follow(tab);
  expect(log).toEqual([]);
  end();
  expect(log).toEqual([]);
});
