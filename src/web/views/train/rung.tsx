import { useId, useMemo, useState } from "preact/hooks";
import { type Architecture, InvalidRequest } from "../../../core/index.js";
import { parameterCount } from "../../../core/network/network.js";
import { placeNetwork } from "../../../core/network/place-network.js";
import { count, percent, points, printedDigits, signedPoints } from "../../../core/text/format.js";
import { fitted, whyNotListed } from "../../../core/training/job.js";
import type { Settings } from "../../address/options.js";
import { imagesInWords, type SeenImages } from "../../images/seen.js";
import { address } from "../../state/address.js";
import { asked, isTraining } from "../../state/experiment.js";
import { seen as seenNow } from "../../state/site.js";
import { Later } from "../../ui/later.js";
import { networkColour } from "../../ui/network-colour.js";
import { ErrorBar } from "./error-bar.js";
import { hintOf } from "./hints.js";
import type { Standing } from "./standing.js";

const layers = () => import("./layers-panel.js");

/** How many parameters a network has for such images, or why it cannot be trained on them, as a sentence. */
function placedOn(
  architecture: Architecture,
  network: Architecture,
  settings: Pick<Settings, "auxiliaryWeight">,
  seen: SeenImages,
): number | string {
  const why = whyNotListed(architecture, settings, seen);
  if (why !== undefined) return `${why.replace(/^./, (letter) => letter.toUpperCase())}.`;
  try {
    return parameterCount(placeNetwork(network, seen.shape));
  } catch (error) {
    if (error instanceof InvalidRequest) return `It does not fit ${imagesInWords(seen)}: ${error.message}.`;
    throw error;
  }
}

interface Properties {
  readonly architecture: Architecture;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
  readonly standing: Standing | undefined;
  /** The test error above that of the row above; undefined where there is none to compare with. */
  readonly step?: number | undefined;
  /** Where the axis of test errors ends. */
  readonly end: number;
  /** Whether the paper's numbers are about the same question, images and settings. */
  readonly beside: boolean;
}

/** A row of the ladder: a network to choose, what it is told, its test error, and its layers if they are asked for. */
export function Rung({ architecture, chosen, onChoose, standing, step, end, beside }: Properties) {
  const { name, title, epochs, optimizer, learningRate, paper } = architecture;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const relation = asked.value;
  const seen = seenNow.value;
  const { auxiliaryWeight } = address.value.settings;
  const { network, found } = useMemo(() => {
    const network = fitted(architecture, seen.shape);
    const found = placedOn(architecture, network, auxiliaryWeight === undefined ? {} : { auxiliaryWeight }, seen);
    return { network, found };
  }, [architecture, seen, auxiliaryWeight]);
  const parameters = typeof found === "number" ? found : undefined;
  const told =
    hintOf(name, seen) ??
    `${count(parameters ?? 0)} parameters, ${epochs} ${epochs === 1 ? "epoch" : "epochs"}, ${optimizer} ${learningRate}`;
  return (
    <li class={chosen ? "rung chosen" : "rung"} style={{ "--colour": networkColour(name) }}>
      <label class="title">
        <input
          type="checkbox"
          checked={chosen}
          // One that a link has chosen in vain can be taken back.
          disabled={isTraining.value || (parameters === undefined && !chosen)}
          onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
          name={name}
        />
        <span>{title}</span>
      </label>
      {parameters === undefined ? <p class="unfit">{found}</p> : <p class="hint">{told}</p>}
      <ErrorBar
        standing={standing}
        mark={
          beside && paper ? { error: paper.testError, label: `paper ${printedDigits(paper.testError)}%` } : undefined
        }
        end={end}
      />
      <span class={standing?.isFinal ? "error" : "error moving"}>
        <b>{standing && percent(standing.error)}</b>
        {standing?.sd != null && <small> ± {points(standing.sd)}</small>}
      </span>
      <span class="step">{step !== undefined && `${withPlus(step)} points`}</span>
      <button
        type="button"
        class="link layers"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <span class="word">Layers</span>
        <span class="hidden"> of {title}</span>
        <span class="direction" aria-hidden="true">
          {isOpen ? "▴" : "▾"}
        </span>
      </button>
      {isOpen && (
        <Later load={layers}>
          {({ LayersPanel }) => (
            <LayersPanel
              id={id}
              architecture={architecture}
              network={parameters === undefined ? undefined : network}
              parameters={parameters}
              relation={relation}
              seen={seen}
              beside={beside}
            />
          )}
        </Later>
      )}
    </li>
  );
}

/** "−9.4", "+0.21". */
const withPlus = (difference: number): string => {
  const text = signedPoints(difference, null);
  return difference > 0 ? `+${text}` : text;
};
