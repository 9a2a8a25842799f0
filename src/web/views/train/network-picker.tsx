import { useState } from "preact/hooks";
import { type Architecture, architectures, findArchitecture, furtherArchitectures } from "../../../core/index.js";
import { address, changeAddress } from "../../state/address.js";
import { isTraining } from "../../state/experiment.js";
import { ownNetworks } from "../../state/own-networks.js";
import { NetworkCard } from "./network-card.js";
import { OwnNetworkForm, OwnNetworkNotes } from "./own-networks.js";

/** The networks to train: the paper's, further ones, any of the trunk family by name, and one's own. */
export function NetworkPicker() {
  const { networks } = address.value;
  const listed = [...architectures, ...furtherArchitectures];
  const own = ownNetworks.value;
  const others = networks
    .filter((name) => ![...listed, ...own].some((each) => each.name === name))
    .map((name) => findArchitecture(name));
  const chosenFurther = [...furtherArchitectures, ...others].filter(({ name }) => networks.includes(name)).length;
  const choose = (names: readonly string[], chosen: boolean) => {
    // A file takes a while to read: others may have been chosen meanwhile.
    const now = address.value.networks;
    const named = chosen ? [...new Set([...now, ...names])] : now.filter((each) => !names.includes(each));
    const order = [...listed, ...others, ...own].map((each) => each.name);
    const placeOf = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
    changeAddress({ networks: named.toSorted((a, b) => placeOf(a) - placeOf(b)) });
  };
  const cards = (shown: readonly Architecture[]) => (
    <ul class="cards">
      {shown.map((architecture) => (
        <NetworkCard
          key={architecture.name}
          architecture={architecture}
          chosen={networks.includes(architecture.name)}
          onChoose={(chosen) => choose([architecture.name], chosen)}
        />
      ))}
    </ul>
  );
  return (
    <fieldset disabled={isTraining.value}>
      <legend>
        <h2>Networks</h2>
      </legend>
      {cards(architectures)}
      <details class="more" open={chosenFurther > 0}>
        <summary>Networks that the paper does not have{chosenFurther > 0 ? ` (${chosenFurther} chosen)` : ""}</summary>
        {cards([...furtherArchitectures, ...others])}
        <AddByName onAdd={(name) => choose([name], true)} />
      </details>
      <section class="your-networks" aria-labelledby="own-networks">
        <h3 id="own-networks">Your networks</h3>
        {own.length > 0 && cards(own)}
        <OwnNetworkNotes />
        <details>
          <summary>A network of your own, as JSON</summary>
          <OwnNetworkForm onAdd={(names) => choose(names, true)} />
        </details>
      </section>
    </fieldset>
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
