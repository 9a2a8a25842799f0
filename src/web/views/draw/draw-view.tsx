import { useSignalEffect } from "@preact/signals";
import { asked as questionOf } from "../../../core/data/relations.js";
import { drawings } from "../../state/drawing.js";
import { asked } from "../../state/experiment.js";
import { trainFirstNetwork } from "../../state/first-network.js";
import { Answers } from "./answers.js";
import { FirstNetwork } from "./first-network.js";
import { Pad } from "./pad.js";
import "./draw.css";

/** Pads for two digits, and the answers of every trained network. */
export function DrawView() {
  useSignalEffect(trainFirstNetwork);
  const [first, second] = drawings;
  return (
    <>
      <section>
        <h1>Draw two digits</h1>
        <p>
          {questionOf(asked.value).replace(/^i/, "I")} Each drawing is scaled and centred by its mass as MNIST's digits
          are, and every network that this page holds answers as you draw. By keyboard: arrow keys move the pen, space
          puts it down or lifts it.
        </p>
        <FirstNetwork />
      </section>
      <div class="drawing">
        <div class="pads">
          <Pad label="First digit" drawing={first} />
          <Pad label="Second digit" drawing={second} />
        </div>
        <Answers />
      </div>
    </>
  );
}
