import { type ClassNamer, MOST_IN_TABLE } from "../images/seen.js";
import "./beliefs.css";

interface Properties {
  readonly beliefs: readonly [Float32Array, Float32Array];
  readonly nameOf: ClassNamer;
}

/** The class beliefs of both images: a bar for each class, or of many classes and of names the likeliest. */
export function Beliefs({ beliefs, nameOf }: Properties) {
  const isNarrow = beliefs[0].length <= MOST_IN_TABLE && [...beliefs[0]].every((_, i) => nameOf(i).length === 1);
  const Shown = isNarrow ? Bars : Likeliest;
  return (
    <span class="beliefs">
      {beliefs.map((of, side) => (
        <Shown
          key={side === 0 ? "first" : "second"}
          beliefs={of}
          label={side === 0 ? "first image" : "second image"}
          nameOf={nameOf}
        />
      ))}
    </span>
  );
}

interface OneImage {
  readonly beliefs: Float32Array;
  readonly label: string;
  readonly nameOf: ClassNamer;
}

/** The classes that an image may be of, the likeliest first. */
const likeliest = (beliefs: Float32Array) =>
  Array.from(beliefs, (belief, number) => ({ number, belief }))
    .filter(({ belief }) => belief >= 0.01)
    .sort((a, b) => b.belief - a.belief);

const percent = (belief: number): string => `${(100 * belief).toFixed(0)}%`;

/** How many classes are named where not all are. */
const NAMED = 3;

function Likeliest({ beliefs, label, nameOf }: OneImage) {
  return (
    <span class="likeliest">
      <span class="faint">{label.replace(" image", "")}</span>
      {likeliest(beliefs)
        .slice(0, NAMED)
        .map(({ number, belief }) => (
          <span key={number} class="belief" style={{ "--part": percent(belief) }}>
            {nameOf(number)}: {percent(belief)}
          </span>
        ))}
    </span>
  );
}

const [WIDTH, HEIGHT, LETTERS] = [8, 24, 10];

/** A bar for each class of one image. */
export function Bars({ beliefs, label, nameOf }: OneImage) {
  const likely = likeliest(beliefs).map(({ number, belief }) => `${nameOf(number)} with ${percent(belief)}`);
  return (
    <svg
      viewBox={`0 0 ${WIDTH * beliefs.length} ${HEIGHT + LETTERS}`}
      role="img"
      aria-label={`${label}: ${likely.join(", ") || "nothing yet"}`}
    >
      {[...beliefs].map((belief, number) => (
        <g key={number}>
          <rect x={number * WIDTH + 1} y={HEIGHT * (1 - belief)} width={WIDTH - 2} height={HEIGHT * belief} />
          <text x={number * WIDTH + WIDTH / 2} y={HEIGHT + LETTERS - 1}>
            {nameOf(number)}
          </text>
        </g>
      ))}
    </svg>
  );
}
