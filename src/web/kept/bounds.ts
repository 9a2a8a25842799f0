/** What is known of a kept run without reading it. */
export interface Entry {
  readonly id: string;
  /** When it was trained, in ms since 1970. */
  readonly at: number;
  /** Of its record and its weights. */
  readonly bytes: number;
}

/** The most that is kept. */
export interface Bounds {
  readonly runs: number;
  readonly bytes: number;
}

export const BOUNDS: Bounds = { runs: 500, bytes: 64e6 };

/** The ids of what has to go, the oldest first, so that the newest fit into the bounds. */
export function overflow(entries: readonly Entry[], { runs, bytes }: Bounds): string[] {
  const newestFirst = entries.toSorted((a, b) => b.at - a.at);
  let total = 0;
  const most = newestFirst.findIndex((entry, i) => {
    total += entry.bytes;
    return i >= runs || total > bytes;
  });
  return most < 0
    ? []
    : newestFirst
        .slice(most)
        .map(({ id }) => id)
        .toReversed();
}
