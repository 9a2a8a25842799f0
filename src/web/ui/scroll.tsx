import type { ComponentChildren } from "preact";

interface Properties {
  /** The id of the heading that names it. */
  readonly labelledBy: string;
  readonly children: ComponentChildren;
}

/** What may be wider than its place, such as a table: the keyboard can go there, and scroll it. */
export function Scroll({ labelledBy, children }: Properties) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: it has no fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: only what has the focus is scrolled by keys
    <div class="scroll" role="group" aria-labelledby={labelledBy} tabIndex={0}>
      {children}
    </div>
  );
}
