import { useSignalEffect } from "@preact/signals";
import { asked as questionOf } from "../../../core/data/relations.js";
import { imagesInWords } from "../../images/seen.js";
import { linkTo } from "../../state/address.js";
import { drawings } from "../../state/drawing.js";
import { asked } from "../../state/experiment.js";
import { trainFirstNetwork } from "../../state/first-network.js";
import { seen } from "../../state/site.js";
import { Answers } from "./answers.js";
import { FirstNetwork } from "./first-network.js";
import { Pad } from "./pad.js";
import "./draw.css";

/** Pads for two digits, and the answers of every trained network; where images are other ones, why there is none of it. */
export function DrawView() {
  const now = seen.value;
  if (now.isDigits) return <Drawing />;
  return (
    <section>
      <h1>Draw two digits</h1>
      <p role="status">
        A drawing becomes a 14×14 grey digit. The networks of this page see {imagesInWords(now)}, so that there is
        nothing to ask them about it. <a href={linkTo("inside")}>Look inside a network</a> with pairs of its own images.
      </p>
    </section>
  );
}

function Drawing() {
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
