import { effect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { address, completeAddress, linkTo } from "../state/address.js";
import { VIEW_TITLES } from "../ui/view-titles.js";
import { goToPointed, usePointing } from "./pointing.js";
import { type Step, steps } from "./steps.js";
import "./tour.css";

const go = (tour: number | undefined): void => completeAddress({ tour });

/** Ends the tour. The keyboard goes on where it began, or at the top of the view. */
function end(): void {
  go(undefined);
  const begin = document.querySelector<HTMLElement>(".take-tour") ?? document.getElementById("content");
  begin?.focus({ preventScroll: true });
}

/** A step of the tour beside the page, which stays in use: what to do, and where. */
export function TourPanel({ number }: { readonly number: number }) {
  const all = steps();
  const place = Math.max(
    all.findLastIndex((each) => each.number <= number),
    0,
  );
  const step = all[place] as Step;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // Escape closes a note first.
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector(":popover-open")) end();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <StepPanel
      key={step.number}
      step={step}
      place={place}
      of={all.length}
      next={all[place + 1]}
      before={all[place - 1]}
    />
  );
}

interface Properties {
  readonly step: Step;
  /** Among the steps that there are, from 0. */
  readonly place: number;
  readonly of: number;
  readonly next: Step | undefined;
  readonly before: Step | undefined;
}

function StepPanel({ step, place, of, next, before }: Properties) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [isDone, setDone] = useState(false);
  const isHere = address.value.view === step.view;
  // Where a view has a link of its own to the next, that one is nearer than the views' list.
  const links = [`.onward a[href^="#/${step.view}"]`, `nav a[href^="#/${step.view}"]`];
  usePointing(isHere ? step.targets() : links);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [isDone && !next]);
  useEffect(() => {
    const done = step.watch?.();
    if (!done) return;
    if (done()) {
      setDone(true);
      return;
    }
    let hasEnded = false;
    return effect(() => {
      // To go on changes the address, which the step may watch: it ends once.
      if (hasEnded || !done()) return;
      hasEnded = true;
      // What is done in this moment is shown first.
      queueMicrotask(() => (next ? go(next.number) : setDone(true)));
    });
  }, []);
  const isOver = isDone && !next;
  return (
    <dialog open class="tour" aria-labelledby="tour" aria-describedby="tour-text">
      <h2 id="tour" ref={heading} tabIndex={-1}>
        {isOver ? "The tour is done" : `${place + 1} of ${of}: ${step.title}`}
      </h2>
      <p id="tour-text">
        {isOver ? "The bars show what your change did. Everything else on this page is yours to try." : step.text()}
        {isDone && next && " This is done already."}
      </p>
      {!isHere && !isOver && (
        <p>
          It is in the view <a href={linkTo(step.view)}>{VIEW_TITLES[step.view]}</a>.
        </p>
      )}
      <p class="row">
        {before && !isOver && (
          <button type="button" onClick={() => go(before.number)}>
            Back
          </button>
        )}
        {next && (
          <button type="button" class="main" onClick={() => go(next.number)}>
            Next
          </button>
        )}
        {isHere && !isOver && (
          <button type="button" onClick={goToPointed}>
            Go to it
          </button>
        )}
        <button type="button" class={isOver ? "main" : ""} onClick={end}>
          End the tour
        </button>
      </p>
    </dialog>
  );
}
