/** A word of the field, as the page prints it, and what it means. */
interface Entry {
  /** How it is spelled in sentences and tables, beside its name. */
  readonly spellings?: readonly string[];
  /** One sentence. */
  readonly meaning: string;
}

/** The words that the page explains on demand, each with one sentence. */
export const GLOSSARY = {
  "auxiliary loss": {
    meaning:
      "An auxiliary loss is a second number to lower in training: here it is large where a network names the wrong digit for an image.",
  },
  AUC: {
    meaning:
      "The AUC is the share of cases in which the network gives a pair whose right answer is yes a larger probability than a pair whose right answer is no.",
  },
  augmentation: {
    meaning:
      "Augmentation shows a network its training images a little moved or changed, so that it sees more of them.",
  },
  "batch norm": {
    spellings: ["batch normalization"],
    meaning:
      "Batch norm moves and scales each map so that its values have mean 0 and standard deviation 1 over a batch of training images.",
  },
  bias: { meaning: "A bias is a number that a unit adds to its sum, whatever the input is." },
  "Brier score": {
    meaning:
      "The Brier score is the mean squared difference between the probability of yes and the right answer, 1 for yes and 0 for no: 0 is best.",
  },
  calibration: {
    spellings: ["expected calibration error"],
    meaning:
      "A network is calibrated if it is right on 80% of the pairs of which it is 80% sure, and the like for every other number.",
  },
  convolution: {
    spellings: ["conv"],
    meaning:
      "A convolution multiplies each small patch of its input with the same few weights, and adds the products up to one value for each place.",
  },
  "cross-entropy": {
    meaning:
      "Cross-entropy is minus the logarithm of the probability that a network gives the right answer: 0 if it is sure of it, and large if it is sure of another.",
  },
  dropout: {
    meaning: "Dropout sets values to 0 by chance during training, so that a network does not depend on a few of them.",
  },
  epoch: { spellings: ["epochs"], meaning: "An epoch is one pass over all training pairs." },
  "equal error rate": {
    meaning:
      "The equal error rate is the error at the threshold where the share of false accepts is the same as that of false rejects.",
  },
  "false accept": {
    spellings: ["false accepts"],
    meaning: "A false accept is a yes to a pair whose right answer is no.",
  },
  "false reject": {
    spellings: ["false rejects"],
    meaning: "A false reject is a no to a pair whose right answer is yes.",
  },
  "feature map": {
    spellings: ["maps"],
    meaning: "A feature map has the values of one filter at every place of the image.",
  },
  filter: {
    spellings: ["filters"],
    meaning: "A filter has the weights that make one feature map: a kernel for each map of the input.",
  },
  flatten: { meaning: "Flatten puts the values of all maps into one long row." },
  head: { meaning: "The head is the last part of a network: it sees both images' values and says yes or no." },
  interval: {
    spellings: ["95% interval", "95% intervals", "intervals"],
    meaning:
      "A 95% interval is a range made so that in 95 of 100 repetitions with new data it holds the number that is estimated.",
  },
  kernel: {
    spellings: ["kernels"],
    meaning: "A kernel is a small square of weights that a convolution lays on each patch of a map.",
  },
  linear: { meaning: "A linear layer makes each of its values from all values before it: a weighted sum and a bias." },
  "log loss": {
    meaning: "The log loss is the cross-entropy of the yes/no answers, as a mean over the pairs: 0 is best.",
  },
  logit: {
    spellings: ["logits"],
    meaning: "A logit is a network's score for an answer before the softmax makes probabilities of the scores.",
  },
  loss: { meaning: "The loss is the number that training lowers: it is large where the network is wrong and sure." },
  "max-pool": {
    meaning: "Max-pool keeps the largest value of each small block of a map, so that the map gets smaller.",
  },
  member: { meaning: "A member is one of several networks whose outputs are averaged." },
  nats: {
    spellings: ["nat"],
    meaning:
      "A nat is the unit of a loss with natural logarithms: 0.69 nats is the loss of a guess between two answers.",
  },
  ordinal: {
    meaning:
      "This layer has no weights: from the probabilities of both images' classes it sums up those of the answer yes.",
  },
  padding: { meaning: "Padding puts zeros around a map, so that a kernel fits at its border too." },
  relu: {
    spellings: ["ReLU"],
    meaning: "A ReLU keeps values above 0 and makes 0 of all others.",
  },
  residual: { meaning: "A residual layer adds its input to what its own layers, the body, make of it." },
  round: {
    spellings: ["rounds"],
    meaning: "A round is one draw of training pairs, test pairs and starting weights, the same for every network.",
  },
  seed: {
    spellings: ["seeds"],
    meaning:
      "A seed is the number from which all chance of a run comes: the same seed gives the same pairs and weights.",
  },
  softmax: { meaning: "The softmax makes probabilities that add up to 1 of scores of any size." },
  "standard deviation": {
    meaning: "The standard deviation is how far values are from their mean: the root of the mean squared distance.",
  },
  "test error": {
    meaning: "The test error is the share of the test pairs that the network decides wrong: no training saw them.",
  },
  threshold: {
    spellings: ["thresholds"],
    meaning: "A threshold is the probability from which on an answer counts as yes.",
  },
  trunk: {
    meaning:
      "The trunk is the first part of a network: it sees one image at a time, and its weights are shared by both.",
  },
  unit: { meaning: "A unit is one value of a layer: of one filter at one place of the image." },
  "validation pairs": {
    meaning: "Validation pairs are for choosing settings and thresholds: they are neither trained on nor reported.",
  },
  "weight sharing": {
    meaning: "Weight sharing uses the same weights for the first image and for the second.",
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type TermName = keyof typeof GLOSSARY;

export const termNames = Object.keys(GLOSSARY) as readonly TermName[];

/** Each spelling with its term, in lower case. */
const SPELLINGS: ReadonlyMap<string, TermName> = new Map(
  termNames.flatMap((name) => {
    const { spellings = [] }: Entry = GLOSSARY[name];
    return [name, ...spellings].map((spelling) => [spelling.toLowerCase(), name] as const);
  }),
);

/** Longer spellings first: "equal error rate" before "error". */
const ANY = new RegExp(
  `(?<![\\w-])(${[...SPELLINGS.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((spelling) => spelling.replaceAll(/[.*+?^$(){}|[\]\\]/g, "\\$&"))
    .join("|")})(?![\\w-])`,
  "gi",
);

/** A piece of a text: a term where it occurs for the first time, or what is between. */
export type Piece = string | { readonly of: TermName; readonly text: string };

/**
 * A text in pieces, its terms apart.
 *
 * @param known  terms that are not explained again; those of the text are added
 */
export function piecesOf(text: string, known: Set<TermName> = new Set()): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(ANY)) {
    const of = SPELLINGS.get(found.toLowerCase());
    if (!of || known.has(of)) continue;
    known.add(of);
    if (index > from) pieces.push(text.slice(from, index));
    pieces.push({ of, text: found });
    from = index + found.length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}
