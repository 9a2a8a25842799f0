/**
 * 2×2 average pooling of one image, a last odd row or column dropped. Exact: the mean of four whole numbers up to 255 is
 * a multiple of 1/4.
 *
 * @param image   [height, width]
 * @param pooled  [⌊height/2⌋, ⌊width/2⌋], written
 */
export function pool2x2(image: Uint8Array | Uint16Array, height: number, width: number, pooled: Float32Array): void {
  const [rows, columns] = [Math.floor(height / 2), Math.floor(width / 2)];
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const at = 2 * y * width + 2 * x;
      const sum =
        (image[at] as number) +
        (image[at + 1] as number) +
        (image[at + width] as number) +
        (image[at + width + 1] as number);
      pooled[y * columns + x] = sum / 4;
    }
}
