import { asked as questionOf, type RelationName, relationNamed } from "../../../core/data/relations.js";
import { SETTINGS } from "../../../core/settings/table.js";
import type { OwnAbout } from "../../images/given-pictures.js";
import { address, linkTo } from "../../state/address.js";
import { isTraining } from "../../state/experiment.js";
import { askThem } from "../../state/given-pictures.js";

const USUAL = SETTINGS.relation.usual;

/** The questions of the view. The usual one is the address's where it says none. */
const QUESTIONS = [
  { relation: "equal", words: "Are both of the same class?", needsOrder: false },
  { relation: USUAL, words: "Is the second at least as much as the first?", needsOrder: true },
] as const;

/** What is asked about two pictures: one of two questions, or what Train's settings say. A list has its own. */
export function Question({ about: { hasOrder, listed } }: { readonly about: OwnAbout }) {
  if (listed) return <p>The list says what is asked: {questionOf(relationNamed(listed.relation))}</p>;
  const relation = address.value.settings.relation ?? USUAL;
  const isOther = QUESTIONS.every((each) => each.relation !== relation);
  return (
    <fieldset class="question-choice" disabled={isTraining.value}>
      <legend class="hidden">What is asked of two pictures?</legend>
      {QUESTIONS.map(({ relation: each, words, needsOrder }) => (
        <label key={each}>
          <input
            type="radio"
            name="question"
            checked={relation === each}
            disabled={needsOrder && !hasOrder}
            onChange={() => askThem(each === USUAL ? undefined : each)}
          />
          <span>
            {words}
            {needsOrder && !hasOrder && (
              <span class="faint"> The names of the classes are not numbers: give their “Order” above.</span>
            )}
          </span>
        </label>
      ))}
      {isOther && (
        <label>
          <input type="radio" name="question" checked />
          <span>{capital(questionOf(relationNamed(relation as RelationName)))}</span>
        </label>
      )}
      <p class="faint">
        <a href={linkTo("train")}>Another question</a> is one of the settings of the view Train.
      </p>
    </fieldset>
  );
}

const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());
