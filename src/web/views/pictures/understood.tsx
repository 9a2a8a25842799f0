import type { OwnAbout } from "../../images/given-pictures.js";
import { classesInWords, understood } from "./words.js";

interface Properties {
  /** Undefined until pictures are there. */
  readonly about: OwnAbout | undefined;
  /** Whether they are being read anew. */
  readonly isBusy: boolean;
}

/** What was understood of the pictures, in sentences. It is read aloud when they are there. */
export function Understood({ about, isBusy }: Properties) {
  return (
    <section class={isBusy ? "understood busy" : "understood"} aria-label="What was understood">
      {about && <h2>{about.name}</h2>}
      <div role="status">
        {!isBusy && about && understood(about).map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
      {isBusy && about && understood(about).map((sentence) => <p key={sentence}>{sentence}</p>)}
      {about && about.classes.length > 0 && <p class="faint classes-found">{classesInWords(about)}</p>}
      {about && (
        <p class="faint identity">
          SHA-256 of what networks see: <code title={about.sha256}>{about.sha256.slice(0, 16)}…</code>
          <br />
          The command that prints it: <code>{["npx pairlab data show PATH", ...about.options].join(" ")}</code>
        </p>
      )}
    </section>
  );
}
