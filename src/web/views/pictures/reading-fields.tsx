import { useId, useRef, useState } from "preact/hooks";
import type { ImageOptions } from "../../../core/data/image-options.js";
import type { GivenPictures, OwnAbout } from "../../images/given-pictures.js";
import { sizeInWords } from "../../images/seen.js";
import { isTraining } from "../../state/experiment.js";
import { howRead, read } from "../../state/given-pictures.js";
import { type FieldName, LABELS, readOrder, readSize } from "./fields.js";
import { REFUSED } from "./given-state.js";

interface Properties {
  readonly given: GivenPictures;
  /** The fields that a refusal names. */
  readonly named: readonly FieldName[];
  /** Undefined until they are there. */
  readonly about: OwnAbout | undefined;
}

/** Of a list of pairs. */
const OF_LISTS: readonly FieldName[] = ["first", "second", "label", "same"];

/** How pictures are read: a change reads them again. One place in the page, so that the keyboard stays where it is meanwhile. */
export function ReadingFields({ given, named, about }: Properties) {
  const asked = howRead.value;
  const isOpen = useRef(false);
  const before = useRef("");
  const names = named.join();
  // At once, not in an effect: what stands below would be moved a frame later.
  if (names !== before.current && names !== "") isOpen.current = true;
  before.current = names;
  const isList = about?.listed !== undefined || OF_LISTS.some((name) => named.includes(name) || name in asked);
  const change = (changes: ImageOptions) => {
    const all = Object.entries({ ...asked, ...changes }).filter(([, value]) => value !== undefined);
    read(given, Object.fromEntries(all));
  };
  const field = (name: FieldName) => ({ name, isNamed: named.includes(name) });
  return (
    <details
      class="reading"
      open={isOpen.current}
      onToggle={({ currentTarget }) => {
        isOpen.current = currentTarget.open;
      }}
    >
      <summary>How pictures are read</summary>
      <fieldset disabled={isTraining.value} class="fields">
        <legend class="hidden">How pictures are read</legend>
        <TextField
          {...field("size")}
          value={asked.size ? sizeInWords(asked.size) : ""}
          placeholder={about ? sizeInWords(about.size) : "as usual"}
          note="height × width, 8 to 64 each"
          onChange={(text) => change({ size: text === "" ? undefined : readSize(text) })}
        />
        <ChoiceField
          {...field("colour")}
          value={asked.colour}
          choices={[["grey", "grey"] as const, ["rgb", "colour"] as const]}
          usual="as they are"
          note="one channel or three"
          onChange={(colour) => change({ colour })}
        />
        <ChoiceField
          {...field("fit")}
          value={asked.fit}
          choices={[["stretch", "stretch"] as const, ["pad", "pad"] as const, ["crop", "crop"] as const]}
          usual="refuse"
          note="pictures of another shape"
          onChange={(fit) => change({ fit })}
        />
        <ChoiceField
          {...field("classes")}
          value={asked.classes}
          choices={[
            ...(isList ? [["first", "first folder"] as const] : []),
            ["innermost", "innermost folder"] as const,
          ]}
          usual={isList ? "none" : "first folder"}
          note="the folder that names a class"
          onChange={(classes) => change({ classes })}
        />
        {!isList && (
          <TextField
            {...field("order")}
            wide
            value={asked.order?.join(", ") ?? ""}
            placeholder={about?.hasOrder && !asked.order ? "by number" : "small, medium, large"}
            note="all classes, for “which is more?”"
            onChange={(text) => change({ order: readOrder(text) })}
          />
        )}
        {isList &&
          COLUMNS.map(({ name, note }) => (
            <TextField
              key={name}
              {...field(name)}
              value={asked[name] ?? ""}
              placeholder="found by trying"
              note={note}
              onChange={(text) => change({ [name]: text === "" ? undefined : text })}
            />
          ))}
      </fieldset>
    </details>
  );
}

const COLUMNS = [
  { name: "first", note: "its column, by name or number" },
  { name: "second", note: "its column, by name or number" },
  { name: "label", note: "the answers' column" },
  { name: "same", note: "the label of a match" },
] as const satisfies readonly { readonly name: FieldName; readonly note: string }[];

interface FieldProperties {
  /** Whether it has room for several words. */
  readonly wide?: boolean;
  readonly name: FieldName;
  /** Whether a refusal names it. */
  readonly isNamed: boolean;
  readonly note: string;
}

interface TextProperties extends FieldProperties {
  readonly value: string;
  readonly placeholder: string;
  /** @throws Error with one line where it is none that the field can have */
  readonly onChange: (text: string) => void;
}

/** A field whose text counts when somebody leaves it, or presses Enter. */
function TextField({ name, isNamed, wide = false, value, placeholder, note, onChange }: TextProperties) {
  const id = useId();
  const [problem, setProblem] = useState("");
  const take = (text: string) => {
    try {
      onChange(text.trim());
      setProblem("");
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <div class={wide ? "field wide" : "field"}>
      <label for={id}>{LABELS[name]}</label>
      <input
        id={id}
        name={name}
        autocomplete="off"
        spellcheck={false}
        size={8}
        value={value}
        placeholder={placeholder}
        aria-invalid={problem !== "" || isNamed}
        aria-describedby={`${id}-note${isNamed ? ` ${REFUSED}` : ""}`}
        onChange={({ currentTarget }) => take(currentTarget.value)}
      />
      <span id={`${id}-note`} class={problem ? "wrong" : "faint"} role={problem ? "alert" : undefined}>
        {problem || note}
      </span>
    </div>
  );
}

interface ChoiceProperties<Choice extends string> extends FieldProperties {
  readonly value: Choice | undefined;
  /** Each with what it is called. */
  readonly choices: readonly (readonly [Choice, string])[];
  /** What is so where nothing is chosen. */
  readonly usual: string;
  readonly onChange: (value: Choice | undefined) => void;
}

function ChoiceField<Choice extends string>(properties: ChoiceProperties<Choice>) {
  const { name, isNamed, value, choices, usual, note, onChange } = properties;
  const id = useId();
  const take = (text: string) => onChange(choices.find(([choice]) => choice === text)?.[0]);
  return (
    <div class="field">
      <label for={id}>{LABELS[name]}</label>
      <select
        id={id}
        name={name}
        value={value ?? ""}
        aria-invalid={isNamed}
        aria-describedby={`${id}-note${isNamed ? ` ${REFUSED}` : ""}`}
        onChange={({ currentTarget }) => take(currentTarget.value)}
      >
        <option value="">{usual}</option>
        {choices.map(([choice, called]) => (
          <option key={choice} value={choice}>
            {called}
          </option>
        ))}
      </select>
      <span id={`${id}-note`} class="faint">
        {note}
      </span>
    </div>
  );
}
