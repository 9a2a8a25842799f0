import type { NamedRelation } from "../../../core/data/relations.js";
import type { Architecture } from "../../../core/index.js";
import { count, paperPlusMinus } from "../../../core/text/format.js";
import { NetworkDiagram } from "../../diagram/network-diagram.js";
import type { SeenImages } from "../../images/seen.js";

interface Properties {
  readonly id: string;
  readonly architecture: Architecture;
  /** With the layers that fit the images; undefined where none do. */
  readonly network: Architecture | undefined;
  readonly parameters: number | undefined;
  readonly relation: NamedRelation;
  readonly seen: SeenImages;
  /** Whether the paper asks the same of the same images. */
  readonly beside: boolean;
}

/** A network's size and own settings, its layers at a glance, and every layer. */
export function LayersPanel({ id, architecture, network, parameters, relation, seen, beside }: Properties) {
  const { title, epochs, learningRate, optimizer, paper } = architecture;
  return (
    // biome-ignore lint/a11y/useSemanticElements: it has no fields
    <div id={id} class="layers-panel" role="group" aria-label={`Layers of ${title}`}>
      <dl>
        {parameters !== undefined && (
          <div>
            <dt>Parameters</dt>
            <dd>{count(parameters)}</dd>
          </div>
        )}
        <div>
          <dt>Training</dt>
          <dd>
            {epochs} {epochs === 1 ? "epoch" : "epochs"}, {optimizer} {learningRate}
          </dd>
        </div>
        {paper && beside && (
          <div>
            <dt>Paper's test error</dt>
            <dd>{paperPlusMinus(paper.testError, paper.testSd)}</dd>
          </div>
        )}
      </dl>
      {network && (
        <>
          <NetworkDiagram network={network} detail="card" relation={relation} seen={seen} />
          <NetworkDiagram network={network} detail="full" relation={relation} seen={seen} />
        </>
      )}
    </div>
  );
}
