import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { GLOSSARY, piecesOf, type TermName } from "./glossary.js";
import "./term.css";

interface Properties {
  readonly of: TermName;
  /** The word as it stands in the text; default its name. */
  readonly children?: ComponentChildren;
}

/** Between a word and its note, and between a note and the window's edge, in pixels. */
const GAP = 6;

/** A word that is explained on demand: a click or Enter opens one sentence, and Escape or a click elsewhere closes it. */
export function Term({ of, children = of }: Properties) {
  const id = useId();
  const word = useRef<HTMLButtonElement>(null);
  const note = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        ref={word}
        type="button"
        class="term"
        popovertarget={id}
        aria-expanded={isOpen}
        {...(isOpen && { "aria-describedby": id })}
      >
        {children}
      </button>
      <span
        ref={note}
        id={id}
        class="term-note"
        popover="auto"
        role="note"
        onBeforeToggle={({ newState }) => setOpen(newState === "open")}
        onToggle={() => {
          // Only what is shown has a size.
          if (word.current && note.current) placeBelow(note.current, word.current);
        }}
      >
        {isOpen && GLOSSARY[of].meaning}
      </span>
    </>
  );
}

/** Below the word, or above it where there is no room; never beyond the window. */
function placeBelow(note: HTMLElement, word: HTMLElement): void {
  const at = word.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const { offsetWidth: width, offsetHeight: height } = note;
  const left = Math.max(GAP, Math.min(at.left, clientWidth - width - GAP));
  const below = at.bottom + GAP;
  const top = below + height <= clientHeight ? below : Math.max(GAP, at.top - height - GAP);
  Object.assign(note.style, { left: `${left}px`, top: `${top}px` });
}

/** A text whose terms can be explained, each where it occurs first. */
export function Explained({ text, known }: { readonly text: string; readonly known?: ReadonlySet<TermName> }) {
  return (
    <>
      {piecesOf(text, new Set(known)).map((piece, i) =>
        typeof piece === "string" ? (
          piece
        ) : (
          <Term key={`${piece.of} ${i}`} of={piece.of}>
            {piece.text}
          </Term>
        ),
      )}
    </>
  );
}
