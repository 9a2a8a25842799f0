import { useId, useMemo } from "preact/hooks";
import type { NamedRelation } from "../../core/data/relations.js";
import type { Network } from "../../core/network/index.js";
import { placeNetwork } from "../../core/network/place-network.js";
import type { SeenImages } from "../images/seen.js";
import { SIZES } from "./drawing.js";
import { layoutNetwork } from "./layout.js";
import type { Detail } from "./rows.js";
import { ActivationsShape, ArrowShape, BoxShape, Digit, FrameShape } from "./shapes.js";
import { describeNetwork } from "./words.js";
import "./diagram.css";

interface Properties {
  /** An architecture's title names the picture. */
  readonly network: Network & { readonly title?: string };
  readonly detail: Detail;
  /** What it is asked. */
  readonly relation: NamedRelation;
  /** Which its layers fit. */
  readonly seen: SeenImages;
}

/** A network drawn from its layers. */
export function NetworkDiagram({ network, detail, relation, seen }: Properties) {
  const id = useId();
  const { drawing, words } = useMemo(() => {
    const placed = placeNetwork(network, seen.shape);
    return { drawing: layoutNetwork(placed, detail, relation, seen), words: describeNetwork(placed, seen) };
  }, [network, detail, relation, seen]);
  const { width, height, frames, boxes, arrows, activations, labels } = drawing;
  const images = boxes.filter(({ kind }) => kind === "image");
  return (
    <svg
      class={seen.isDigits ? "network-diagram" : "network-diagram own"}
      data-detail={detail}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-words`}
    >
      <title id={`${id}-title`}>{network.title ? `Layers of ${network.title}` : "Layers of the network"}</title>
      <desc id={`${id}-words`}>{words}</desc>
      {frames.map((frame) => (
        <FrameShape key={frame.x} {...frame} />
      ))}
      {boxes.map((box) => (
        <BoxShape key={`${box.x} ${box.y}`} {...box} />
      ))}
      {(seen.isDigits ? images : []).map(({ x, y }, index) => (
        <Digit key={x} index={index} x={x} y={y} />
      ))}
      {arrows.map((arrow) => (
        <ArrowShape key={arrow.points.join(" ")} {...arrow} />
      ))}
      {activations.map((each) => (
        <ActivationsShape key={`${each.x} ${each.y}`} {...each} />
      ))}
      {labels.map(({ kind, text, anchor, x, y }) => (
        <text
          key={`${x} ${y}`}
          class={kind}
          x={x}
          y={y}
          text-anchor={anchor}
          font-size={SIZES[kind]}
          dominant-baseline="central"
        >
          {text}
        </text>
      ))}
    </svg>
  );
}
