import type { Sentence } from "./words.js";
import "./draw.css";

interface Properties {
  readonly sentence: Sentence;
  /** What is read aloud: the last sentence that stood still. */
  readonly read: string;
}

/** A sentence with what it is about in large letters. */
export function Said({ sentence: { before, claim, after }, read }: Properties) {
  return (
    <>
      <p class="answer" aria-hidden="true">
        <span class="said">{before} </span>
        {claim && (
          <span class="claim">
            <strong>{claim}</strong>,{" "}
          </span>
        )}
        {after && <span class="sure">{after}</span>}
      </p>
      <p class="hidden" role="status">
        {read}
      </p>
    </>
  );
}
