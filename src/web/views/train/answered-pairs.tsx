import { claimed } from "../../../core/data/relations.js";
import type { Job, Pairs } from "../../../core/index.js";
import { relationOf } from "../../../core/training/job.js";
import { classNamer } from "../../images/seen.js";
import { PixelImage } from "../../ui/pixel-image.js";
import { pairAt } from "../inside/pairs.js";

interface Properties {
  /** Whose pairs they are. */
  readonly job: Job;
  readonly pairs: Pairs;
  /** How many are shown, where there are so many. */
  readonly count: number;
  /** Of an image, in pixels. */
  readonly side: number;
  /** What networks do with them: "are tested on". */
  readonly use: string;
}

/** The first of some pairs, with what is true of them, in a figure. */
export function AnsweredPairs({ job: { config }, pairs, count: most, side, use }: Properties) {
  const named = classNamer(config.dataset);
  const count = Math.min(most, pairs.count);
  return (
    <>
      <ul>
        {Array.from({ length: count }, (_, i) => {
          const { first, second, truth, ...shape } = pairAt({ test: pairs }, i);
          const [one, other] = (truth?.classes ?? []).map(named);
          return (
            <li key={i}>
              <div class="pair">
                <PixelImage pixels={first} {...shape} side={side} label={one ?? "first image"} />
                <PixelImage pixels={second} {...shape} side={side} label={other ?? "second image"} />
              </div>
              {claimed(relationOf(config), one ?? "first", other ?? "second", truth?.holds ?? false)}
            </li>
          );
        })}
      </ul>
      <figcaption>
        {count === 1 ? "A pair" : `${count} of the pairs`} that the networks {use}, and the right answers.
      </figcaption>
    </>
  );
}
