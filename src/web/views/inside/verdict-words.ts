import { claimed, type NamedRelation } from "../../../core/data/relations.js";
import type { Decision } from "../../../core/index.js";
import type { ClassNamer } from "../../images/seen.js";

/** What is right of a pair, with its classes if they are known. */
interface Truth {
  readonly classes?: readonly [number, number];
  readonly holds: boolean;
}

interface Told {
  readonly decision: Pick<Decision, "holds" | "beliefs">;
  readonly truth: Truth | undefined;
  readonly relation: Pick<NamedRelation, "sign" | "not" | "claim" | "holds" | "listed">;
  readonly nameOf: ClassNamer;
  readonly isDigits: boolean;
}

/** A network's answer about a pair beside the right one, a sentence each. */
export interface VerdictWords {
  readonly says: string;
  /** What the images are. Absent of a drawn pair, as the two below. */
  readonly truth?: string;
  /** Whether the answer is right, and the classes that the network takes the images for. */
  readonly judgement?: string;
  readonly isRight?: boolean;
}

const yesOrNo = (holds: boolean): string => (holds ? "yes" : "no");
const likeliest = (beliefs: Float32Array): number => beliefs.indexOf(Math.max(...beliefs));

export function verdictWords({ decision, truth, relation, nameOf, isDigits }: Told): VerdictWords {
  const taken = decision.beliefs?.map(likeliest);
  const says = saysInWords(decision.holds, taken, relation, nameOf);
  if (!truth) return { says };
  const isRight = truth.holds === decision.holds;
  const wrong =
    taken && truth.classes ? taken.filter((each, side) => each !== truth.classes?.[side]).length : undefined;
  return {
    says,
    truth: truthInWords(truth, relation, nameOf),
    judgement: judgementInWords(isRight, wrong, isDigits ? "digit" : "class"),
    isRight,
  };
}

function saysInWords(
  holds: boolean,
  taken: readonly number[] | undefined,
  relation: Told["relation"],
  nameOf: ClassNamer,
): string {
  const [first, second] = taken ?? [];
  if (first === undefined || second === undefined)
    return `It says ${yesOrNo(holds)}: ${claimed(relation, "first", "second", holds)}.`;
  const [one, other] = [nameOf(first), nameOf(second)];
  const sentence = `It takes them for ${one} and ${other}, and says ${claimed(relation, one, other, true)}: ${yesOrNo(holds)}.`;
  // A head that has learned its answer may say another than the classes do. The answers of lists follow from no classes.
  const follows = relation.listed || relation.holds(first, second) === holds;
  return follows ? sentence : `${sentence} Its answer does not follow from these.`;
}

function truthInWords({ classes, holds }: Truth, relation: Told["relation"], nameOf: ClassNamer): string {
  const [one, other] = classes?.map(nameOf) ?? [];
  if (one === undefined || other === undefined)
    return `The right answer is ${yesOrNo(holds)}: ${claimed(relation, "first", "second", holds)}.`;
  return `They are ${one} and ${other}: ${yesOrNo(holds)}, ${claimed(relation, one, other, holds)}.`;
}

/** @param wrong  how many of the two classes are wrong; undefined where the network names none, or there are none */
function judgementInWords(isRight: boolean, wrong: number | undefined, thing: "digit" | "class"): string {
  const things = thing === "digit" ? "digits" : "classes";
  const which = wrong === 1 ? `one ${thing}` : `the ${things}`;
  if (wrong === undefined) return isRight ? "The answer is right." : "The answer is wrong.";
  if (isRight) {
    if (wrong === 0) return `The answer is right, and so are the ${things}.`;
    return wrong === 1 ? `The answer is right, but ${which} is wrong.` : `The answer is right, the ${things} are not.`;
  }
  if (wrong === 0) return `The answer is wrong, the ${things} are right.`;
  return `The answer is wrong, and so ${wrong === 1 ? "is" : "are"} ${which}.`;
}
