/** The size of one example's activations. Vectors have height and width 1. */
export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export const isFlat = (shape: Shape): boolean => shape.height === 1 && shape.width === 1;
export const elements = (shape: Shape): number => shape.height * shape.width * shape.channels;
export const flat = (channels: number): Shape => ({ height: 1, width: 1, channels });

export const describe = ({ height, width, channels }: Shape): string =>
  `${channels} channel${channels === 1 ? "" : "s"} of ${height}×${width}`;
