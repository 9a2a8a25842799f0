import type { ComponentChildren } from "preact";
import type { Layer, LayerWeights, Shape } from "../../../core/index.js";
import { layerInWords } from "../../../core/network/words.js";
import { Explained } from "../../ui/term.js";
import { Filters } from "./filters.js";
import { layerPlace } from "./layer-names.js";
import { Mosaic } from "./mosaic.js";
import type { Pointed, SeenRows } from "./pointed.js";

interface Properties {
  readonly title: string;
  /** The same layers for each side. */
  readonly sides: readonly SeenRows[];
  readonly weights: LayerWeights;
  readonly pointed: Pointed | undefined;
  readonly onPoint: (pointed: Pointed) => void;
  /** Whether moving over a unit points at it. */
  readonly follows: boolean;
  /** What stands below the pointed layer. */
  readonly below?: ComponentChildren;
}

/** The layers of a part, with the activations of one image, or of both side by side. */
export function LayerList({ title, sides, weights, pointed, onPoint, follows, below }: Properties) {
  const [first] = sides;
  return (
    <section class="part">
      <h3>{title}</h3>
      <ol class="layers">
        {first?.rows.map(({ made: { name, layer, shape }, depth }, i) => (
          <li key={name} class={depth > 0 ? "layer nested" : "layer"}>
            <p>
              <code>{name}</code>, {layerPlace(name)}: <Explained text={wordsOf(layer)} />,{" "}
              <span class="faint">{shapeInWords(shape)}</span>
            </p>
            {layer.kind === "convolution" &&
              namesAt(sides, i).map((each) => <Filters key={each} name={each} weight={weights[each]?.weight} />)}
            <div class="sides">
              {sides.map(({ seen, rows }) => {
                const own = rows[i]?.made;
                if (!own) return null;
                const isPointed = pointed?.seen === seen && pointed.name === own.name;
                return (
                  <figure key={seen}>
                    <Mosaic
                      values={own.values}
                      shape={own.shape}
                      label={`${own.name} of the ${seen}: ${shapeInWords(own.shape)}`}
                      selected={isPointed ? pointed.unit : undefined}
                      follows={follows}
                      {...(layer.kind === "convolution" && {
                        onPoint: (unit) => onPoint({ seen, name: own.name, unit }),
                      })}
                    />
                    <figcaption class="faint">{seen}</figcaption>
                  </figure>
                );
              })}
            </div>
            {isAt(sides, i, pointed) && below}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Whether a row is the pointed layer's. */
const isAt = (sides: readonly SeenRows[], row: number, pointed: Pointed | undefined): boolean =>
  sides.some(({ seen, rows }) => pointed?.seen === seen && pointed.name === rows[row]?.made.name);

const wordsOf = (layer: Layer): string =>
  layer.kind === "residual" ? "residual: body + shortcut" : layerInWords(layer);

/** The layer's name, or two names where each image has a trunk of its own. */
const namesAt = (sides: readonly SeenRows[], row: number): string[] => [
  ...new Set(sides.flatMap(({ rows }) => rows[row]?.made.name ?? [])),
];

/** "32 maps of 10×10", "128 values". */
function shapeInWords({ channels, height, width }: Shape): string {
  if (height * width > 1) return `${channels} ${channels === 1 ? "map" : "maps"} of ${height}×${width}`;
  return `${channels} ${channels === 1 ? "value" : "values"}`;
}
