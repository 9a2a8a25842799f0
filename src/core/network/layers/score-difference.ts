import { InvalidRequest } from "../../errors.js";
import { type LayerKind, made, type None } from "../layer-kind.js";
import { requireFlat, shaped } from "../rules.js";
import { flat } from "../shape.js";

/** Which of two images has the higher score. */
export interface ScoreDifference {
  readonly kind: "score-difference";
}

declare module "../layer.js" {
  interface Layers {
    readonly "score-difference": ScoreDifference;
  }
}

const kind: LayerKind<ScoreDifference> = {
  fields: {},
  rules: (_, input) => {
    requireFlat("scoreDifference()", input);
    if (input.channels !== 2)
      throw new InvalidRequest(
        `scoreDifference() needs 2 elements, one score of each image, not ${input.channels}: end the trunk in linear(1)`,
      );
    return shaped(flat(2));
  },
  words: () => "score difference",
  role: "main",
  swapped: "opposite",
};
export default kind;

/**
 * The logits [0, t − s] of a flat input of two scores, s of the first image and t of the second: the model of Bradley and Terry 1952,
 * "Rank Analysis of Incomplete Block Designs". P(the relation holds) = 1 / (1 + exp(s − t)), so the second image has the higher score
 * where it does. Swapping the images swaps the two probabilities. It has no parameters: end the trunk in linear(1).
 *
 * @throws InvalidRequest where it is given what it does not take
 */
export const scoreDifference = (...none: None): ScoreDifference =>
  made("scoreDifference()", kind, { kind: "score-difference" }, none);
