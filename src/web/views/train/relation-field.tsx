import { useRef, useState } from "preact/hooks";
import { type RelationName, relationName, relationPatterns } from "../../../core/data/relations.js";

interface Properties {
  /** Names the element. */
  readonly name: string;
  /** Undefined where it is the paper's. */
  readonly value: RelationName | undefined;
  readonly note: string;
  readonly onChange: (value: RelationName | undefined) => void;
}

/** Of the relations whose names have a number, one each; a table is given in full. */
const NAMES = relationPatterns()
  .filter((pattern) => !pattern.includes("<rows>"))
  .map((pattern) => pattern.replace("sum-at-least-<n>", "sum-at-least-10").replace("<n>", "2"));

/** What is asked about a pair: a name to choose or to type. What is no relation is said below, and changes nothing. */
export function RelationField({ name, value, note, onChange }: Properties) {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState("");
  /** What was set before the typing began. */
  const before = useRef(value);
  const type = (text: string) => {
    setDraft(text);
    const typed = text.trim();
    try {
      onChange(typed === "" ? undefined : relationName(typed, "It"));
      setProblem("");
    } catch (error) {
      setProblem((error as Error).message);
      onChange(before.current);
    }
  };
  const leave = () => {
    setDraft(undefined);
    setProblem("");
  };
  return (
    <div class="field wide">
      <label for={name}>Question</label>
      <input
        id={name}
        list={`${name}-names`}
        autocomplete="off"
        spellcheck={false}
        size={18}
        value={draft ?? value ?? ""}
        placeholder="less-or-equal"
        aria-invalid={problem !== ""}
        aria-describedby={`${name}-note`}
        onFocus={() => {
          before.current = value;
        }}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onBlur={leave}
      />
      <span id={`${name}-note`} class={problem ? "wrong" : "faint"} role={problem ? "alert" : undefined}>
        {problem || note}
      </span>
      <datalist id={`${name}-names`}>
        {NAMES.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </div>
  );
}
