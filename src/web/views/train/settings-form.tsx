import { FIRST_SEEDS } from "../../../core/limits.js";
import { MOST_ROUNDS } from "../../address/address.js";
import { FIELDS, FLAG, hasMeaning, isNames, type Settings, settingText } from "../../address/options.js";
import { address, changeAddress } from "../../state/address.js";
import { hasOrder, isTraining } from "../../state/experiment.js";
import { seen } from "../../state/site.js";
import { NumberField } from "../../ui/number-field.js";
import { RelationField } from "./relation-field.js";

/** The seeds, and the settings that replace each network's own. */
export function SettingsForm() {
  const { seed, rounds, settings } = address.value;
  const change = (name: keyof Settings, value: number | string | boolean | undefined) => {
    const { [name]: _, ...others } = settings;
    changeAddress({ settings: value === undefined ? others : { ...others, [name]: value } });
  };
  // What an address asks in vain can be taken back.
  const fields = FIELDS.filter(({ setting }) => hasMeaning(setting, seen.value) || settings[setting] !== undefined);
  return (
    <fieldset disabled={isTraining.value} class="settings">
      <legend class="hidden">Seeds and settings</legend>
      <p class="faint">
        A round draws new pairs, new weights and a new order from its seed; every network gets the same pairs. Where a
        setting is empty, each network keeps its own; the paper's networks keep the paper's.
      </p>
      <div class="fields">
        <NumberField
          field={{ label: "First seed", ...FIRST_SEEDS }}
          value={seed}
          note=" "
          onChange={(value) => changeAddress({ seed: value ?? 0 })}
        />
        <NumberField
          field={{ label: "Rounds", whole: true, least: 1, most: MOST_ROUNDS }}
          value={rounds}
          note="30 to claim a result"
          onChange={(value) => changeAddress({ rounds: value ?? 1 })}
        />
        {fields.map(({ setting, option, label, paper, possible }) => {
          const value = settings[setting];
          if (possible === "relation")
            return (
              <RelationField
                key={option}
                name={option}
                value={settings.relation}
                note={hasOrder.value ? `paper: ${paper}` : "these classes have no order: equal, or a table"}
                onChange={(typed) => change("relation", typed)}
              />
            );
          if (possible === "flag")
            return (
              <NameField
                key={option}
                name={option}
                field={{ label, possible: FLAG }}
                value={typeof value === "boolean" ? settingText(value) : undefined}
                empty="as usual"
                note={`paper: ${paper}`}
                onChange={(chosen) => change(setting, chosen === undefined ? undefined : chosen === FLAG[0])}
              />
            );
          return isNames(possible) ? (
            <NameField
              key={option}
              name={option}
              field={{ label, possible }}
              value={value as string | undefined}
              empty={setting === "split" ? "as usual" : "own"}
              note={`paper: ${paper}`}
              onChange={(chosen) => change(setting, chosen)}
            />
          ) : (
            <NumberField
              key={option}
              field={{ label, ...possible }}
              value={value as number | undefined}
              placeholder="own"
              note={`paper: ${paper}`}
              onChange={(typed) => change(setting, typed)}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

interface NameFieldProperties {
  /** Names the element. */
  readonly name: string;
  readonly field: { readonly label: string; readonly possible: readonly string[] };
  /** Undefined where no value is set. */
  readonly value: string | undefined;
  /** What stands there then. */
  readonly empty: string;
  readonly note: string;
  readonly onChange: (value: string | undefined) => void;
}

/** A choice of one of some names, or the value that goes without saying. */
function NameField({ name, field, value, empty, note, onChange }: NameFieldProperties) {
  return (
    <div class="field">
      <label for={name}>{field.label}</label>
      <select
        id={name}
        aria-describedby={`${name}-note`}
        value={value ?? ""}
        onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? undefined : currentTarget.value)}
      >
        <option value="">{empty}</option>
        {field.possible.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
      <span id={`${name}-note`} class="faint">
        {note}
      </span>
    </div>
  );
}
