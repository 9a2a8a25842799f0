import "./beliefs.css";

/** The digit beliefs of both images, with a bar for each digit. */
export function Beliefs({ beliefs }: { readonly beliefs: readonly [Float32Array, Float32Array] }) {
  return (
    <span class="beliefs">
      {beliefs.map((of, side) => (
        <Bars key={side === 0 ? "first" : "second"} beliefs={of} label={side === 0 ? "first" : "second"} />
      ))}
    </span>
  );
}

const [WIDTH, HEIGHT, LETTERS] = [8, 24, 10];

function Bars({ beliefs, label }: { readonly beliefs: Float32Array; readonly label: string }) {
  const likely = [...beliefs]
    .map((belief, digit) => ({ digit, belief }))
    .filter(({ belief }) => belief >= 0.01)
    .sort((a, b) => b.belief - a.belief)
    .map(({ digit, belief }) => `${digit} with ${(100 * belief).toFixed(0)}%`);
  return (
    <svg
      viewBox={`0 0 ${WIDTH * beliefs.length} ${HEIGHT + LETTERS}`}
      role="img"
      aria-label={`${label} digit: ${likely.join(", ")}`}
    >
      {[...beliefs].map((belief, digit) => (
        <g key={digit}>
          <rect x={digit * WIDTH + 1} y={HEIGHT * (1 - belief)} width={WIDTH - 2} height={HEIGHT * belief} />
          <text x={digit * WIDTH + WIDTH / 2} y={HEIGHT + LETTERS - 1}>
            {digit}
          </text>
        </g>
      ))}
    </svg>
  );
}
