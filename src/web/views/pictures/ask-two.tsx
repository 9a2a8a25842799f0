import { useRef } from "preact/hooks";
import { asked as questionOf } from "../../../core/data/relations.js";
import type { Decision } from "../../../core/index.js";
import { relationOf, shapeOf } from "../../../core/training/job.js";
import { classNamer } from "../../images/seen.js";
import { asked } from "../../state/experiment.js";
import { askFiles } from "../../state/own-pictures.js";
import { keyOf } from "../../ui/key-of.js";
import { networkTitle } from "../../ui/network-title.js";
import { useLatest } from "../../ui/use-latest.js";
import { type GroupedAnswer, groupAnswers, runsToAsk } from "../draw/grouped-answers.js";
import { Said } from "../draw/said.js";
import { learnedRuns } from "../draw/use-answers.js";
import { answerSentence, type Sentence, spoken } from "../draw/words.js";
import { askedFiles, SIDES } from "./asked-files.js";
import { inFields } from "./fields.js";
import { Slot } from "./slot.js";
import type { Over } from "./use-drops.js";

/** Two pictures of somebody's, and what the networks that have learned the question say of them. */
export function AskTwo({ over }: { readonly over: Over | undefined }) {
  const runs = runsToAsk(learnedRuns().usable);
  const [first, second] = askedFiles.value;
  const ids = runs.map(({ record }) => record.id).join();
  const key = first && second && runs.length > 0 ? `${keyOf(first)} ${keyOf(second)} ${ids}` : undefined;
  const { value, failure, pending } = useLatest(key, async () => {
    if (!first || !second) return undefined;
    const { images, decisions, remarks } = await askFiles(runs, [first, second]);
    const records = runs.map(({ record }) => record);
    const answers = new Map(records.map(({ id }, i) => [id, decisions[i] as Decision]));
    return { images, remarks, of: [first, second], answers: groupAnswers(records, answers) };
  });
  const [run] = runs;
  if (!run)
    return (
      <section class="ask-two" aria-labelledby="ask-two">
        <h2 id="ask-two">Ask with two pictures</h2>
        <p class="faint">When a network has learned the question, it answers here about two pictures of yours.</p>
      </section>
    );
  const { dataset } = run.record.config;
  const [best, ...others] = value?.answers ?? [];
  return (
    <section class="ask-two" aria-labelledby="ask-two" aria-busy={pending}>
      <h2 id="ask-two">Ask with two pictures</h2>
      <p class="question">{questionOf(asked.value).replace(/^i/, "I")}</p>
      <Answer best={failure ? undefined : best} isPending={pending} />
      <div class="slots">
        {SIDES.map((side) => (
          <Slot
            key={side}
            side={side}
            isOver={over === side}
            file={askedFiles.value[side]}
            seen={
              value && value.of[side] === askedFiles.value[side]
                ? { pixels: value.images[side], ...shapeOf(dataset), background: dataset.background }
                : undefined
            }
          />
        ))}
      </div>
      {failure && (
        <p class="problem" role="alert">
          {inFields(failure)}.
        </p>
      )}
      {!failure && value?.remarks.map((remark) => <p key={remark}>{remark}.</p>)}
      {!failure && others.length > 0 && (
        <ul class="others">
          {others.map((each) => (
            <li key={each.runs[0]?.id}>{spoken(sentenceOf(each))}.</li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface AnswerProperties {
  /** Of the network with the least test error; undefined before there is an answer. */
  readonly best: GroupedAnswer | undefined;
  readonly isPending: boolean;
}

/** What the best network says. It is read aloud when it is the answer to what is in the slots. */
function Answer({ best, isPending }: AnswerProperties) {
  const sentence = best ? sentenceOf(best) : { before: isPending ? "…" : "Give two pictures." };
  const read = useRef("");
  if (!isPending) read.current = best ? spoken(sentence) : "";
  return <Said sentence={sentence} read={read.current} />;
}

/** Classes are named where the pictures asked about can be of those that were learned. */
function sentenceOf({ config, decisions, ...answer }: GroupedAnswer): Sentence {
  const { split, dataset } = config;
  const isNamed = split !== "classes";
  const said = isNamed ? decisions : decisions.map(({ beliefs: _, ...decision }) => decision);
  const title = networkTitle({ ...answer, config });
  return answerSentence(title, { ...answer, decisions: said }, relationOf(config), classNamer(dataset));
}
