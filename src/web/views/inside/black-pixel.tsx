import type { PixelScale } from "../../../core/index.js";
import { signed } from "../../../core/text/format.js";
import { Term } from "../../ui/term.js";

/** Why a black pixel is a number below zero, where a layer sees the image. */
export function BlackPixel({ scale: { mean, deviation } }: { readonly scale: PixelScale }) {
  return (
    <p class="faint black">
      Black is {signed(-mean / deviation, 3)} here: networks see (pixel − mean) / <Term of="standard deviation" />. Of
      the training pairs' pixels, 0 to 255, the mean is {mean.toFixed(2)} and the standard deviation{" "}
      {deviation.toFixed(2)}: (0 − {mean.toFixed(2)}) / {deviation.toFixed(2)} = {signed(-mean / deviation, 3)}.
    </p>
  );
}
