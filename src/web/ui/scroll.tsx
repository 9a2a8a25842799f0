import type { ComponentChildren } from "preact";

interface Properties {
  /** The id of its heading. */
  readonly labelledBy: string;
  readonly children: ComponentChildren;
}

/** A box for wide content, such as a table. The keyboard can reach it and scroll it. */
export function Scroll({ labelledBy, children }: Properties) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: it has no fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: only what has the focus is scrolled by keys
    <div class="scroll" role="group" aria-labelledby={labelledBy} tabIndex={0}>
      {children}
    </div>
  );
}
