interface Properties {
  readonly label: string;
  readonly value: number;
  readonly most: number;
}

/** A named progress bar. It has no end while nothing is known. */
export function Progress({ label, value, most }: Properties) {
  return (
    <label class="progress">
      <span>{label}</span>
      <progress max={most || 1} value={most > 0 ? value : undefined} />
    </label>
  );
}
