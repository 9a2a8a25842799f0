import { Bars } from "../../ui/beliefs.js";
import { networkColour } from "../../ui/network-colour.js";
import { networkTitle } from "../../ui/network-title.js";
import type { GroupedAnswer } from "./grouped-answers.js";

interface Properties {
  /** "First digit". */
  readonly label: string;
  /** Of the best network that names digits; undefined while there are none. */
  readonly beliefs: Float32Array | undefined;
  /** That network. */
  readonly network: Pick<GroupedAnswer, "architecture" | "config"> | undefined;
}

const NONE = new Float32Array(10);

/** What the digit of a pad is taken for: a bar for each digit, without bars while nobody says. */
export function PadBeliefs({ label, beliefs, network }: Properties) {
  const title = network && networkTitle(network);
  return (
    <figure class="taken" style={network && { "--network": networkColour(network.architecture) }}>
      <figcaption class="faint">{beliefs ? `${title} takes it for` : "what it is taken for"}</figcaption>
      <Bars beliefs={beliefs ?? NONE} label={`${label}, as ${title ?? "a network"} takes it`} nameOf={String} />
    </figure>
  );
}
