import { useRef } from "preact/hooks";
import { relationOf } from "../../../core/training/job.js";
import { isDrawing } from "../../state/drawing.js";
import { site } from "../../state/site.js";
import { networkTitle } from "../../ui/network-title.js";
import { Said } from "./said.js";
import { type Answers, naming, ofBoth } from "./use-answers.js";
import { answerSentence, beliefSentence, type Sentence, spoken } from "./words.js";

/** What the best network says, as one sentence above the pads. It changes with each move, and is read when a stroke ends. */
export function AnswerSentence({ answers }: { readonly answers: Answers }) {
  const sentence = sentenceOf(answers);
  const read = useRef("");
  if (!isDrawing.value && !answers.pending) read.current = spoken(sentence);
  return <Said sentence={sentence} read={read.current} />;
}

function sentenceOf(answers: Answers): Sentence {
  const { drawn, networks } = answers;
  const [best] = ofBoth(answers);
  if (best) return answerSentence(networkTitle(best), best, relationOf(best.config));
  if (!drawn.includes(true)) return { before: "Draw both digits." };
  if (networks.length === 0)
    return {
      before: site.value.state === "ready" ? "No network is trained yet." : "The images are loading.",
      after: "You can draw already.",
    };
  if (drawn[0] && drawn[1]) return { before: "…" };
  const side = drawn[0] ? 0 : 1;
  const named = naming(answers);
  return named?.beliefs
    ? beliefSentence(networkTitle(named), named.beliefs[side], side)
    : { before: `Draw the ${side === 0 ? "second" : "first"} digit.` };
}
