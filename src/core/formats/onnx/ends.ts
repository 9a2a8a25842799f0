import type { InputSpec } from "../../network/network.js";
import { type ElementType, type GraphEnd, typeNumber } from "./graph.js";
import { type NetworkGraph, SIDES } from "./network-graph.js";

/** What goes into a graph and what comes out of it. */
export interface GraphEnds {
  readonly inputs: readonly GraphEnd[];
  readonly outputs: readonly GraphEnd[];
}

/** What a call decides how many there are of. */
type Counted = "pairs" | "images";

/**
 * Two images go in, and what the network answers about them comes out.
 *
 * @param question  "is the first less than the second?"
 */
export function pairEnds(network: NetworkGraph, input: InputSpec, question: string): GraphEnds {
  const { trunks, auxiliaryWeight } = network.network;
  const features =
    trunks.length > 0
      ? ([network.features("first", "first/", 0), network.features("second", "second/", 1)] as const)
      : undefined;
  const logits = network.logits(features);
  const digits = features && auxiliaryWeight > 0 ? network.digits(features) : undefined;
  const output = outputsOf(network, "pairs");
  return {
    inputs: SIDES.map((side) => imageOf(side, "pairs", input)),
    outputs: [
      output("probability", network.probability(logits), "float", [], `of the answer yes: ${question}`),
      output("holds", network.decision(logits, digits), "bool", [], `whether the network answers yes: ${question}`),
      output("logits", logits, "float", [2], "of the answers no and yes"),
      ...(features ?? []).map((value, i) => featuresOf(network, output, `${SIDES[i]}_features`, value)),
      ...(digits ? [output("digits", digits, "int32", [2], "the likeliest class of each image")] : []),
    ],
  };
}

/** One image goes in, and its features come out: two trunks' features where each image of a pair has a trunk of its own. */
export function trunkEnds(network: NetworkGraph, input: InputSpec): GraphEnds {
  const output = outputsOf(network, "images");
  const outputs = network.network.separate
    ? SIDES.map((side, i) =>
        featuresOf(network, output, `${side}_features`, network.features("image", `${side}/`, i as 0 | 1)),
      )
    : [featuresOf(network, output, "features", network.features("image", "", 0))];
  return { inputs: [imageOf("image", "images", input)], outputs };
}

type Output = ReturnType<typeof outputsOf>;

function featuresOf({ network }: NetworkGraph, output: Output, name: string, value: string): GraphEnd {
  const { auxiliaryWeight, trunks } = network;
  const doc =
    auxiliaryWeight > 0
      ? "what the trunk makes of an image: a logit of each class"
      : "what the trunk makes of an image";
  return output(name, value, "float", [trunks[0]?.at(-1)?.output.channels ?? 0], doc);
}

/** Makes outputs: a value under the output's name and with its type. @param counted  the first size */
const outputsOf =
  ({ graph }: NetworkGraph, counted: Counted) =>
  (name: string, value: string, type: ElementType, sizes: readonly number[], doc: string): GraphEnd => {
    if (type === "float") graph.node("Identity", name, [value]);
    else graph.node("Cast", name, [value], { to: typeNumber(type) });
    const dimensions = [{ size: counted, counts: "DATA_BATCH" } as const, ...sizes.map((size) => ({ size }))];
    return { name, type, dimensions, doc };
  };

const imageOf = (name: string, counted: Counted, { height, width, channels }: InputSpec): GraphEnd => ({
  ...{
    name,
    type: "float",
    doc: `raw pixels, 0–255: ${channels === 3 ? "red, green and blue" : "grey"}`,
    isImage: true,
  },
  dimensions: [
    { size: counted, counts: "DATA_BATCH" },
    { size: channels, counts: "DATA_CHANNEL" },
    { size: height, counts: "DATA_FEATURE" },
    { size: width, counts: "DATA_FEATURE" },
  ],
});
