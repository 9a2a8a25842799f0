import { useId, useRef, useState } from "preact/hooks";
import { type NumberRange, readNumber } from "../address/options.js";

interface Properties {
  readonly field: NumberRange;
  /** Undefined where no value is set. */
  readonly value: number | undefined;
  /** The meaning of an empty field. Without it the field may not be empty. */
  readonly placeholder?: string;
  readonly note: string;
  readonly onChange: (value: number | undefined) => void;
}

/** A field for a number. Text that is not such a number changes nothing, and a message below says why. */
export function NumberField({ field, value, placeholder, note, onChange }: Properties) {
  const id = useId();
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState("");
  /** The value before the typing began. */
  const before = useRef(value);
  const type = (text: string) => {
    setDraft(text);
    try {
      const typed = text.trim();
      onChange(typed === "" && placeholder !== undefined ? undefined : readNumber(field, typed));
      setProblem("");
    } catch (error) {
      setProblem((error as Error).message);
      // The beginning of a refused text may have been a number.
      onChange(before.current);
    }
  };
  const leave = () => {
    setDraft(undefined);
    setProblem("");
  };
  return (
    <div class="field">
      <label for={id}>{field.label}</label>
      <input
        id={id}
        inputMode={field.whole ? "numeric" : "decimal"}
        autocomplete="off"
        size={8}
        value={draft ?? value ?? ""}
        placeholder={placeholder}
        aria-invalid={problem !== ""}
        aria-describedby={`${id}-note`}
        onFocus={() => {
          before.current = value;
        }}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onBlur={leave}
      />
      <span id={`${id}-note`} class={problem ? "wrong" : "faint"} role={problem ? "alert" : undefined}>
        {problem || note}
      </span>
    </div>
  );
}
