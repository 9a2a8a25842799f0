import { useSignalEffect } from "@preact/signals";
import { asked as questionOf } from "../../../core/data/relations.js";
import { imagesInWords } from "../../images/seen.js";
import { linkTo } from "../../state/address.js";
import { drawings } from "../../state/drawing.js";
import { asked } from "../../state/experiment.js";
import { trainFirstNetwork } from "../../state/first-network.js";
import { seen } from "../../state/site.js";
import { AnswerSentence } from "./answer-sentence.js";
import { AnswersSection } from "./answers.js";
import { Pad } from "./pad.js";
import { PadBeliefs } from "./pad-beliefs.js";
import { TryThese } from "./try-these.js";
import { naming, useAnswers } from "./use-answers.js";
import "./draw.css";

/** Pads for two digits, and the answers of every trained network; where images are other ones, why there is none of it. */
export function DrawView() {
  const now = seen.value;
  if (now.isDigits) return <Drawing />;
  return (
    <section>
      <h1>Draw two digits</h1>
      <p role="status">
        A drawing becomes a 14×14 grey digit. The networks of this page see {imagesInWords(now)}, so that there is
        nothing to ask them about it. <a href={linkTo("inside")}>Look inside a network</a> with pairs of its own images.
      </p>
    </section>
  );
}

function Drawing() {
  useSignalEffect(trainFirstNetwork);
  const answers = useAnswers();
  const named = naming(answers);
  return (
    <div class="draw">
      <section class="drawing" aria-labelledby="draw">
        <h1 id="draw">Draw two digits</h1>
        <p class="question">{questionOf(asked.value).replace(/^i/, "I")}</p>
        <AnswerSentence answers={answers} />
        <div class="pads">
          {PADS.map(({ label, prompt }, side) => (
            <Pad key={label} label={label} prompt={prompt} drawing={drawings[side as 0 | 1]}>
              <PadBeliefs
                label={label}
                network={named}
                beliefs={answers.drawn[side as 0 | 1] ? named?.beliefs?.[side as 0 | 1] : undefined}
              />
            </Pad>
          ))}
        </div>
        <TryThese />
        <p class="faint how">
          Each drawing is scaled and centred by its mass as MNIST's digits are. A network takes a digit for what it is
          by its image alone, so that it can say so while the other pad is empty. By keyboard: arrow keys move the pen,
          space puts it down or lifts it.
        </p>
      </section>
      <AnswersSection answers={answers} />
    </div>
  );
}

const PADS = [
  { label: "First digit", prompt: "draw a digit" },
  { label: "Second digit", prompt: "and another here" },
] as const;
