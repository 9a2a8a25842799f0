import { useEffect, useRef } from "preact/hooks";
import { nevermind, whenFree } from "../ui/when-free.js";
import "./curves.css";

interface Properties {
  /** The same function for the same drawing. */
  readonly draw: () => Element;
  readonly onDrawn?: (plot: Element) => void;
}

/** A chart without its words, which stand beside it. It is drawn again when it changes and the page has time for it. */
export function DrawnPlot({ draw, onDrawn }: Properties) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    whenFree(place, () => {
      const plot = draw();
      // The page's policy forbids this element. The page's style sheet has its rules.
      plot.querySelector("style")?.remove();
      plot.setAttribute("aria-hidden", "true");
      plot.removeAttribute("style");
      place.current?.replaceChildren(plot);
      onDrawn?.(plot);
    });
  }, [draw]);
  useEffect(() => () => nevermind(place), []);
  return <div ref={place} />;
}
