/**
 * Max-pooling as an epilogue of a convolution whose rows stand window by window: rows 4w … 4w + 3 of `y` are the 2×2
 * window w. A batch norm between the two scales each channel by a factor of some sign, so the row it will make largest
 * is the one with the largest sign · y; the first of equal rows wins, as in PyTorch.
 *
 * @param sign      [channels] −1, 0 or 1
 * @param selected  [windows, channels] the y of the winning row
 * @param channels  a multiple of 4, also the row stride of `y` and `selected` in floats
 */
export function selectFromWindows(y: usize, windows: i32, channels: i32, sign: usize, selected: usize): void {
  const row = <usize>channels * 4;
  for (let c: usize = 0; c < row; c += 16) {
    const s = v128.load(sign + c);
    let from = y + c;
    let to = selected + c;
    if (v128.all_true<i32>(f32x4.gt(s, f32x4.splat(0)))) {
      // The usual case, and all there is without batch norm: plain maxima.
      for (let w = 0; w < windows; w++) {
        const upper = f32x4.pmax(v128.load(from), v128.load(from + row));
        const lower = f32x4.pmax(v128.load(from + 2 * row), v128.load(from + 3 * row));
        v128.store(to, f32x4.pmax(upper, lower));
        from += 4 * row;
        to += row;
      }
      continue;
    }
    for (let w = 0; w < windows; w++) {
      let best = v128.load(from);
      let key = f32x4.mul(best, s);
      let p = from + row;
      for (let r = 1; r < 4; r++) {
        const candidate = v128.load(p);
        const candidateKey = f32x4.mul(candidate, s);
        const better = f32x4.gt(candidateKey, key);
        best = v128.bitselect(candidate, best, better);
        key = v128.bitselect(candidateKey, key, better);
        p += row;
      }
      v128.store(to, best);
      from += 4 * row;
      to += row;
    }
  }
}

/**
 * The same selection for training, where the gradient needs to know each window's winner and nothing else.
 *
 * @param winners  i32 [windows, channels]: the winning row, 0 … 3
 */
export function selectWinners(
  y: usize, windows: i32, channels: i32, sign: usize, selected: usize, winners: usize,
): void {
  const row = <usize>channels * 4;
  for (let c: usize = 0; c < row; c += 16) {
    const s = v128.load(sign + c);
    let from = y + c;
    let at = c;
    if (v128.all_true<i32>(f32x4.gt(s, f32x4.splat(0)))) {
      for (let w = 0; w < windows; w++) {
        const y0 = v128.load(from), y1 = v128.load(from + row);
        const y2 = v128.load(from + 2 * row), y3 = v128.load(from + 3 * row);
        const best = f32x4.pmax(f32x4.pmax(y0, y1), f32x4.pmax(y2, y3));
        // How many rows are passed over before the first that equals the best; true is −1.
        const past0 = f32x4.ne(y0, best);
        const past1 = v128.and(past0, f32x4.ne(y1, best));
        const past2 = v128.and(past1, f32x4.ne(y2, best));
        v128.store(selected + at, best);
        v128.store(winners + at, i32x4.neg(i32x4.add(i32x4.add(past0, past1), past2)));
        from += 4 * row;
        at += row;
      }
      continue;
    }
    for (let w = 0; w < windows; w++) {
      let best = v128.load(from);
      let key = f32x4.mul(best, s);
      let winner = i32x4.splat(0);
      for (let r = 1; r < 4; r++) {
        from += row;
        const candidate = v128.load(from);
        const candidateKey = f32x4.mul(candidate, s);
        const better = f32x4.gt(candidateKey, key);
        best = v128.bitselect(candidate, best, better);
        key = v128.bitselect(candidateKey, key, better);
        winner = v128.bitselect(i32x4.splat(r), winner, better);
      }
      v128.store(selected + at, best);
      v128.store(winners + at, winner);
      from += row;
      at += row;
    }
  }
}

/**
 * The gradient of the same convolution's output: ∂L/∂y[row] = slope·y + offset, plus scale·∂L/∂z on each window's winning
 * row. The first two terms are batch norm's dependence on the batch's mean and variance (both zero without one).
 *
 * @param gradient  [windows, channels] ∂L/∂z, z being the output of batch norm at the winning row
 * @param scale     [channels]; slope and offset likewise
 */
export function spreadOverWindows(
  y: usize, selected: usize, gradient: usize, windows: i32, channels: i32,
  scale: usize, slope: usize, offset: usize, yGradient: usize,
): void {
  const row = <usize>channels * 4;
  for (let c: usize = 0; c < row; c += 16) {
    const a = v128.load(scale + c);
    const m = v128.load(slope + c);
    const o = v128.load(offset + c);
    let from = y + c;
    let to = yGradient + c;
    let at = c;
    for (let w = 0; w < windows; w++) {
      const winner = v128.load(selected + at);
      const g = f32x4.mul(a, v128.load(gradient + at));
      let open = i32x4.splat(-1);
      for (let r = 0; r < 4; r++) {
        const value = v128.load(from);
        const hit = v128.and(f32x4.eq(value, winner), open);
        open = v128.andnot(open, hit);
        v128.store(to, f32x4.add(f32x4.add(f32x4.mul(m, value), o), v128.and(hit, g)));
        from += row;
        to += row;
      }
      at += row;
    }
  }
}

/**
 * Max-pooling of NHWC images over size×size windows; padding is never the largest, rows and columns left over are
 * dropped. `channels` is a multiple of 4.
 *
 * @param winners  i32, one for each output: its index in its window, row by row; the first of equal values
 */
export function maxPool(
  x: usize, images: i32, height: i32, width: i32, channels: i32, size: i32, stride: i32, padding: i32,
  outHeight: i32, outWidth: i32, y: usize, winners: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let image = 0; image < images; image++) {
    for (let i = 0; i < outHeight; i++) {
      const top = i * stride - padding;
      const firstRow = max(0, -top), lastRow = min(size, height - top);
      for (let j = 0; j < outWidth; j++) {
        const left = j * stride - padding;
        const firstColumn = max(0, -left), lastColumn = min(size, width - left);
        for (let c: usize = 0; c < pixel; c += 16) {
          let best = f32x4.splat(-Infinity);
          let winner = i32x4.splat(firstRow * size + firstColumn);
          for (let r = firstRow; r < lastRow; r++) {
            let from = x + <usize>((top + r) * width + left + firstColumn) * pixel + c;
            for (let k = r * size + firstColumn; k < r * size + lastColumn; k++) {
              const value = v128.load(from);
              const better = f32x4.gt(value, best);
              best = v128.bitselect(value, best, better);
              winner = v128.bitselect(i32x4.splat(k), winner, better);
              from += pixel;
            }
          }
          v128.store(y + c, best);
          v128.store(winners + c, winner);
        }
        y += pixel;
        winners += pixel;
      }
    }
    x += <usize>(height * width) * pixel;
  }
}

/** The gradient of `maxPool`: each output's gradient is added to its winner's, all else gets zero. */
export function maxPoolGradient(
  yGradient: usize, winners: usize, images: i32, height: i32, width: i32, channels: i32,
  size: i32, stride: i32, padding: i32, outHeight: i32, outWidth: i32, xGradient: usize,
): void {
  const pixel = <usize>channels * 4;
  for (let image = 0; image < images; image++) {
    memory.fill(xGradient, 0, <usize>(height * width) * pixel);
    for (let i = 0; i < outHeight; i++) {
      const top = i * stride - padding;
      const firstRow = max(0, -top), lastRow = min(size, height - top);
      for (let j = 0; j < outWidth; j++) {
        const left = j * stride - padding;
        const firstColumn = max(0, -left), lastColumn = min(size, width - left);
        for (let c: usize = 0; c < pixel; c += 16) {
          const gradient = v128.load(yGradient + c);
          const winner = v128.load(winners + c);
          for (let r = firstRow; r < lastRow; r++) {
            let to = xGradient + <usize>((top + r) * width + left + firstColumn) * pixel + c;
            for (let k = r * size + firstColumn; k < r * size + lastColumn; k++) {
              const won = v128.and(gradient, i32x4.eq(winner, i32x4.splat(k)));
              v128.store(to, f32x4.add(v128.load(to), won));
              to += pixel;
            }
          }
        }
        yGradient += pixel;
        winners += pixel;
      }
    }
    xGradient += <usize>(height * width) * pixel;
  }
}
