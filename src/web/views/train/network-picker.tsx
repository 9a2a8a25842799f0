import { useState } from "preact/hooks";
import { type Architecture, architectures, findArchitecture, furtherArchitectures } from "../../../core/index.js";
import { address, changeAddress } from "../../state/address.js";
import { isTraining } from "../../state/experiment.js";
import { NetworkCard } from "./network-card.js";

/** The networks to train: the paper's, the project's own, and any of the trunk family by name. */
export function NetworkPicker() {
  const { networks } = address.value;
  const listed = [...architectures, ...furtherArchitectures];
  const others = networks.filter((name) => !listed.some((each) => each.name === name)).map(findArchitecture);
  const chosenFurther = [...furtherArchitectures, ...others].filter(({ name }) => networks.includes(name)).length;
  const choose = (name: string, chosen: boolean) => {
    const named = chosen ? [...new Set([...networks, name])] : networks.filter((each) => each !== name);
    const order = [...[...listed, ...others].map((each) => each.name), name];
    changeAddress({ networks: named.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)) });
  };
  const cards = (shown: readonly Architecture[]) => (
    <ul class="cards">
      {shown.map((architecture) => (
        <NetworkCard
          key={architecture.name}
          architecture={architecture}
          chosen={networks.includes(architecture.name)}
          onChoose={(chosen) => choose(architecture.name, chosen)}
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
        <AddByName onAdd={(name) => choose(name, true)} />
      </details>
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
