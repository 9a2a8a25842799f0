import type { StrokePoint } from "../../src/core/data/strokes.js";

/** The neighbours of a pixel from the one above on, clockwise: down, right. */
const AROUND = [
  [-1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
  [1, 0],
  [1, -1],
  [0, -1],
  [-1, -1],
] as const;

/** The centre lines of an image, [side, side]: what is at least 128, thinned as T. Y. Zhang and C. Y. Suen (1984) do it. */
export function centreLines(image: Uint8Array, side: number): Uint8Array {
  const ink = image.map((grey) => Number(grey >= 128));
  const at = (x: number, y: number) => (x >= 0 && x < side && y >= 0 && y < side ? (ink[y * side + x] as number) : 0);
  for (let changed = true; changed; ) {
    changed = false;
    for (const pass of [0, 1]) {
      const removed: number[] = [];
      for (let pixel = 0; pixel < ink.length; pixel++) {
        if (!ink[pixel]) continue;
        const [x, y] = [pixel % side, Math.floor(pixel / side)];
        const around = AROUND.map(([down, right]) => at(x + right, y + down));
        const [up = 0, , right = 0, , down = 0, , left = 0] = around;
        const neighbours = around.reduce((sum, value) => sum + value, 0);
        const starts = around.filter((value, i) => !value && around[(i + 1) % 8]).length;
        const open =
          pass === 0
            ? !(up && right && down) && !(right && down && left)
            : !(up && right && left) && !(up && down && left);
        if (neighbours >= 2 && neighbours <= 6 && starts === 1 && open) removed.push(pixel);
      }
      for (const pixel of removed) ink[pixel] = 0;
      changed ||= removed.length > 0;
    }
  }
  return ink;
}

/** A stroke for each two neighbouring pixels of centre lines, and a dot for a pixel alone. */
export function strokesAlong(lines: Uint8Array, side: number): StrokePoint[][] {
  const strokes: StrokePoint[][] = [];
  lines.forEach((ink, pixel) => {
    if (!ink) return;
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    strokes.push([{ x, y }]);
    for (const [down, right] of AROUND.slice(1, 5)) {
      const [nextX, nextY] = [x + right, y + down];
      if (nextX >= 0 && nextX < side && nextY >= 0 && nextY < side && lines[nextY * side + nextX])
        strokes.push([
          { x, y },
          { x: nextX, y: nextY },
        ]);
    }
  });
  return strokes;
}
