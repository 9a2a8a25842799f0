import { useState } from "preact/hooks";
import { InvalidRequest, ownArchitectures } from "../../../core/index.js";
import { placeNetwork } from "../../../core/network/place-network.js";
import { fitted, whyNotListed } from "../../../core/training/job.js";
import { addNetworks, exampleText, MOST_CHARACTERS, parseNetworks } from "../../address/networks.js";
import { draft, noteNetworks } from "../../state/own-networks.js";
import { seen } from "../../state/site.js";

/** What became of networks that were given: in words, and what is wrong with them. */
interface Outcome {
  readonly said: string;
  readonly problem: string;
  /** Of what was typed, not of a file. */
  readonly isTyped: boolean;
}

const NOTHING: Outcome = { said: "", problem: "", isTyped: true };
const TYPED = "the text";

/** A field for networks as JSON, and one for a file of them. What is wrong is said beside them, and nothing typed is lost. */
export function OwnNetworkForm({ onAdd }: { readonly onAdd: (names: readonly string[]) => void }) {
  const [{ said, problem, isTyped }, setOutcome] = useState(NOTHING);
  const take = (text: string, what: string) => {
    try {
      const { outcome, fitting } = taken(text, what);
      onAdd(fitting);
      setOutcome(outcome);
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      setOutcome({ said: "", problem: `${error.message}.`, isTyped: what === TYPED });
    }
  };
  const takeFile = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (!file) return;
    const read = file.size > 4 * MOST_CHARACTERS ? undefined : await file.text().catch(() => undefined);
    // The same file may be chosen again, with what was wrong in it put right.
    input.value = "";
    if (read === undefined)
      setOutcome({
        said: "",
        problem: `${file.name} cannot be read: it must be a file of ${MOST_CHARACTERS} characters at most.`,
        isTyped: false,
      });
    else take(read, file.name);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take(draft.value, TYPED);
      }}
    >
      <label class="written">
        <span>A network, several in [ ], or a pairlab.config.json</span>
        <textarea
          rows={8}
          spellcheck={false}
          autocomplete="off"
          value={draft.value}
          aria-invalid={problem !== "" && isTyped}
          aria-describedby="own-problem own-said"
          onInput={({ currentTarget }) => {
            draft.value = currentTarget.value;
          }}
        />
      </label>
      <div class="row">
        <button type="submit" disabled={draft.value.trim() === ""}>
          Add networks
        </button>
        <button
          type="button"
          disabled={draft.value.trim() !== ""}
          onClick={() => {
            draft.value = exampleText(seen.value.shape.classes > 0);
            setOutcome(NOTHING);
          }}
        >
          Example
        </button>
        <label>
          <span>Or a file</span>
          <input
            type="file"
            accept=".json,application/json"
            aria-invalid={problem !== "" && !isTyped}
            aria-describedby="own-problem own-said"
            onChange={({ currentTarget }) => void takeFile(currentTarget)}
          />
        </label>
      </div>
      {problem && (
        <p id="own-problem" class="problem" role="alert">
          {problem}
        </p>
      )}
      <p id="own-said" class="faint" role="status">
        {said ||
          (!problem && "Each layer is an object with all of its fields, as pairlab architectures --json prints it.")}
      </p>
    </form>
  );
}

/** Adds networks. @throws InvalidRequest where they are not right */
function taken(text: string, what: string): { readonly outcome: Outcome; readonly fitting: readonly string[] } {
  const { architectures, isOne, beside } = parseNetworks(text, what);
  if (architectures.length === 0) throw new InvalidRequest(`${what} has no network`);
  try {
    addNetworks(architectures);
  } catch (error) {
    if (!(error instanceof InvalidRequest && isOne)) throw error;
    throw new InvalidRequest(error.message.replace(/^architectures\[0\](\.|: )/, ""), { cause: error });
  }
  noteNetworks();
  const names = architectures.map(({ name }) => name);
  const unfit = names.flatMap((name) => {
    const why = whyUnfit(name);
    return why === undefined ? [] : [`${name}: ${why}`];
  });
  const fitting = names.filter((name) => !unfit.some((each) => each.startsWith(`${name}: `)));
  const also = beside.length > 0 ? ` What it says of ${beside.join(", ")} is for the command line.` : "";
  return {
    outcome: {
      said: `${fitting.length > 0 ? `Added and chosen: ${fitting.join(", ")}.` : ""}${also}`.trim(),
      problem: unfit.length > 0 ? `${unfit.join("; ")}.` : "",
      isTyped: what === TYPED,
    },
    fitting,
  };
}

/** Why a network cannot see the page's images; undefined where it can. */
function whyUnfit(name: string): string | undefined {
  const network = ownArchitectures().find((each) => each.name === name);
  if (!network) return undefined;
  const { shape } = seen.value;
  try {
    placeNetwork(fitted(network, shape), shape);
    return whyNotListed(network, {}, seen.value);
  } catch (error) {
    if (error instanceof InvalidRequest) return error.message;
    throw error;
  }
}
