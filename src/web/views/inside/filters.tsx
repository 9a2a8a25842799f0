import type { WeightTensor } from "../../../core/inspection/layer-weights.js";
import { Mosaic } from "./mosaic.js";

interface Properties {
  /** [filters, channels, kernel, kernel]. */
  readonly weight: WeightTensor | undefined;
  readonly name: string;
}

/** A convolution's filters. A row has a filter's kernels, one for each input channel. With one channel, filters are side by side. */
export function Filters({ weight, name }: Properties) {
  if (!weight) return null;
  const { shape, data } = weight;
  const [filters = 0, channels = 0, height = 0, width = 0] = shape;
  const label = `${name}: ${filters} filters of ${channels}×${height}×${width}`;
  return (
    <details open={channels === 1}>
      <summary>
        {label}
        {channels > 1 ? ", a row for each" : ""}
      </summary>
      <Mosaic
        values={data}
        shape={{ channels: filters * channels, height, width }}
        {...(channels > 1 && { columns: channels })}
        label={label}
      />
    </details>
  );
}
