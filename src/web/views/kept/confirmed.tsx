import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface Properties {
  readonly children: ComponentChildren;
  /** Its accessible name, where its words alone do not say what is meant. */
  readonly label?: string;
  /** What is asked before it is done. */
  readonly question: string;
  readonly disabled?: boolean;
  readonly onDo: () => void;
}

/** A button for what cannot be taken back: it asks first, in its own place. */
export function Confirmed({ children, label, question, disabled = false, onDo }: Properties) {
  const [isAsking, setAsking] = useState(false);
  const no = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The focus goes to the answer that does nothing, and comes back.
    if (isAsking) no.current?.focus();
    else if (wasAsking.current) first.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  if (!isAsking)
    return (
      <button ref={first} type="button" aria-label={label} disabled={disabled} onClick={() => setAsking(true)}>
        {children}
      </button>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: it has no fields
    <span
      class="question"
      role="group"
      aria-label={question}
      onKeyDown={({ key }) => {
        if (key === "Escape") setAsking(false);
      }}
    >
      <span>{question}</span>
      <button
        type="button"
        disabled={disabled}
        onClick={() => {
          setAsking(false);
          onDo();
        }}
      >
        Yes, forget
      </button>
      <button ref={no} type="button" onClick={() => setAsking(false)}>
        No
      </button>
    </span>
  );
}
