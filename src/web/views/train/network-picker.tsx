import { useState } from "preact/hooks";
import { type Architecture, architectures, findArchitecture, furtherArchitectures } from "../../../core/index.js";
import { address, changeAddress } from "../../state/address.js";
import { isTraining } from "../../state/experiment.js";
import { isHidden } from "../../state/hidden.js";
import { ownNetworks } from "../../state/own-networks.js";
import type { Experiment } from "../../training/experiment.js";
import { Later } from "../../ui/later.js";
import { Ladder } from "./ladder.js";
import { OwnNetworkNotes } from "./own-network-notes.js";

const ownForm = () => import("./own-networks.js");

interface Properties {
  readonly experiment: Experiment | undefined;
}

type GroupProperties = Properties & { readonly networks: readonly Architecture[] };

/** Adds networks to those that are chosen, or takes them away. */
function choose(names: readonly string[], chosen: boolean): void {
  // A file takes a while to read: others may have been chosen meanwhile.
  const now = address.value.networks;
  const named = chosen ? [...new Set([...now, ...names])] : now.filter((each) => !names.includes(each));
  const order = [...architectures, ...further(), ...ownNetworks.value].map((each) => each.name);
  const placeOf = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  changeAddress({ networks: named.toSorted((a, b) => placeOf(a) - placeOf(b)) });
}

/** Those that the paper does not have: pairlab's, and those of the trunk family that are chosen by name. */
function further(): Architecture[] {
  const listed = [...architectures, ...furtherArchitectures, ...ownNetworks.value];
  const others = address.value.networks.filter((name) => !listed.some((each) => each.name === name));
  return [...furtherArchitectures, ...others.map((name) => findArchitecture(name))];
}

function Group({ networks, experiment }: GroupProperties) {
  return (
    <Ladder
      networks={networks}
      chosen={address.value.networks}
      onChoose={(name, chosen) => choose([name], chosen)}
      experiment={experiment}
    />
  );
}

/** The ladder: the paper's networks, each with a hint more than the one above. */
export function PaperLadder({ experiment }: Properties) {
  return (
    <fieldset class="networks">
      <legend class="hidden">Networks</legend>
      <Group networks={architectures} experiment={experiment} />
    </fieldset>
  );
}

/** Other networks to choose: further ones, any of the trunk family by name, and one's own. Where they are hidden, those that are chosen stay. */
export function OtherNetworks({ experiment }: Properties) {
  const isChosen = ({ name }: Architecture) => address.value.networks.includes(name);
  const others = isHidden("others") ? further().filter(isChosen) : further();
  const own = isHidden("own") ? ownNetworks.value.filter(isChosen) : ownNetworks.value;
  return (
    <fieldset class="networks">
      <legend class="hidden">Other networks</legend>
      {(others.length > 0 || !isHidden("others")) && (
        <Further networks={others} chosen={others.filter(isChosen).length} experiment={experiment} />
      )}
      {(own.length > 0 || !isHidden("own")) && <YourNetworks networks={own} experiment={experiment} />}
    </fieldset>
  );
}

function Further({ networks, chosen, experiment }: GroupProperties & { readonly chosen: number }) {
  return (
    <details class="more" open={chosen > 0}>
      <summary>Networks that the paper does not have{chosen > 0 ? ` (${chosen} chosen)` : ""}</summary>
      <Group networks={networks} experiment={experiment} />
      {!isHidden("others") && (
        <fieldset disabled={isTraining.value}>
          <AddByName onAdd={(name) => choose([name], true)} />
        </fieldset>
      )}
    </details>
  );
}

function YourNetworks({ networks, experiment }: GroupProperties) {
  const [isWanted, setWanted] = useState(false);
  return (
    <section class="your-networks" aria-labelledby="own-networks">
      <h2 id="own-networks" class={networks.length > 0 ? "" : "hidden"}>
        Your networks
      </h2>
      {networks.length > 0 && <Group networks={networks} experiment={experiment} />}
      {!isHidden("own") && (
        <fieldset disabled={isTraining.value}>
          <OwnNetworkNotes />
          {/* What is said in it stays when it is folded. */}
          <details onToggle={() => setWanted(true)}>
            <summary>A network of your own, as JSON</summary>
            {isWanted && (
              <Later load={ownForm}>
                {({ OwnNetworkForm }) => <OwnNetworkForm onAdd={(names) => choose(names, true)} />}
              </Later>
            )}
          </details>
        </fieldset>
      )}
    </section>
  );
}

function AddByName({ onAdd }: { readonly onAdd: (name: string) => void }) {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState("");
  const add = (event: Event) => {
    event.preventDefault();
    try {
      onAdd(findArchitecture(name.trim()).name);
      setName("");
      setProblem("");
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <form class="row" onSubmit={add}>
      <label>
        <span>Another by its name</span>
        <input
          value={name}
          size={28}
          placeholder="trunk+sharing+auxiliary+rule"
          aria-invalid={problem !== ""}
          aria-describedby="by-name"
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={name.trim() === ""}>
        Add
      </button>
      <p id="by-name" class={problem ? "problem" : "faint"}>
        {problem || "The paper's trunk with any of +sharing +auxiliary +batch-norm +dropout +rule, in this order."}
      </p>
    </form>
  );
}
