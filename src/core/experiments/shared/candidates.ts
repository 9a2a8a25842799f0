import type { Stream } from "../../random/streams.js";
import type { TunedNetwork } from "./dimensions.js";
import { isSame, ownSettings, type SearchSpace, settingsAt, type TrialSettings } from "./space.js";

/**
 * Candidates for a network's settings, different from one another: its own settings, then seeded random ones with two significant digits.
 * A range is cut into as many parts as there are random candidates, and each part has one of them (Latin hypercube sampling, McKay,
 * Beckman & Conover 1979), so no network has bad luck with its candidates.
 *
 * @param count  candidates, at least 1
 */
export function drawCandidates(
  space: SearchSpace,
  network: TunedNetwork,
  count: number,
  stream: Stream,
): TrialSettings[] {
  const candidates = [
    ownSettings(
      space.map(({ dimension }) => dimension),
      network,
    ),
  ];
  const parts = space.map(() => stream.sample(count - 1, count - 1));
  for (let i = 0; i < count - 1; i++) {
    const within = (part: Uint32Array) => ((part[i] as number) + stream.unit()) / (count - 1);
    const drawn = (place: typeof within) => settingsAt(space, parts.map(place));
    let candidate = drawn(within);
    // A part may have no other settings of two digits.
    for (let again = 0; candidates.some((earlier) => isSame(earlier, candidate)); again++)
      candidate = drawn(again < 20 ? within : () => stream.unit());
    candidates.push(candidate);
  }
  return candidates;
}
