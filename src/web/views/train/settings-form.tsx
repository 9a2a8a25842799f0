import { OPTIMIZERS } from "../../../core/index.js";
import { FIRST_SEEDS } from "../../../core/limits.js";
import { MOST_ROUNDS } from "../../address/address.js";
import { NUMBER_OPTIONS, OPTIMIZER_OPTION, readOptimizer, type Settings } from "../../address/options.js";
import { address, changeAddress } from "../../state/address.js";
import { isTraining, plan } from "../../state/experiment.js";
import { NumberField } from "../../ui/number-field.js";

/** Seeds, and settings that replace each network's own. */
export function SettingsForm() {
  const { seed, rounds, settings } = address.value;
  const change = (name: keyof Settings, value: number | string | undefined) => {
    const { [name]: _, ...others } = settings;
    changeAddress({ settings: value === undefined ? others : { ...others, [name]: value } });
  };
  return (
    <fieldset disabled={isTraining.value} class="settings">
      <legend>
        <h2>Seeds and settings</h2>
      </legend>
      <p class="faint">
        A round draws new pairs, new weights and a new order from its seed; every network meets the same pairs. A
        setting that is empty is each network's own, for the paper's networks the paper's.
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
        {NUMBER_OPTIONS.map((option) => (
          <NumberField
            key={option.option}
            field={option}
            value={settings[option.setting]}
            placeholder="own"
            note={`paper: ${option.paper}`}
            onChange={(value) => change(option.setting, value)}
          />
        ))}
        <div class="field">
          <label for="optimizer">{OPTIMIZER_OPTION.label}</label>
          <select
            id="optimizer"
            aria-describedby="optimizer-note"
            value={settings.optimizer ?? ""}
            onChange={({ currentTarget: { value } }) =>
              change("optimizer", value === "" ? undefined : readOptimizer(value))
            }
          >
            <option value="">own</option>
            {OPTIMIZERS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <span id="optimizer-note" class="faint">
            paper: {OPTIMIZER_OPTION.paper}
          </span>
        </div>
      </div>
      {[...(plan.value?.refused ?? [])].map(([name, why]) => (
        <p key={name} class="problem" role="alert">
          {why}
        </p>
      ))}
    </fieldset>
  );
}
