import { stepColour } from "./colours.js";
import { type Step, steps } from "./study.js";

interface Properties {
  readonly step: Step;
  readonly onChoose: (step: Step) => void;
}

/** Which hint the line is about. */
export function HintChoice({ step, onChoose }: Properties) {
  return (
    <fieldset class="hint-choice">
      <legend>Hint</legend>
      {steps.map((each) => (
        <label key={each.hint} class={each === step ? "chosen" : ""} style={{ "--colour": stepColour(each) }}>
          <input type="radio" name="hint" checked={each === step} onChange={() => onChoose(each)} />
          <span>{each.hint}</span>
        </label>
      ))}
    </fieldset>
  );
}
