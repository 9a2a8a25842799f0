/**
 * Average pooling of one NHWC image over size×size windows. Padding adds zeros and counts in the mean, as PyTorch's
 * `count_include_pad` has it; rows and columns left over are dropped. `channels` is a multiple of 4.
 */
export function averagePool(
  x: usize, height: i32, width: i32, channels: i32, size: i32, stride: i32, padding: i32,
  outHeight: i32, outWidth: i32, y: usize,
): void {
  const pixel = <usize>channels * 4;
  const part = f32x4.splat(<f32>1 / <f32>(size * size));
  for (let i = 0; i < outHeight; i++) {
    const top = i * stride - padding;
    const firstRow = max(0, top), lastRow = min(height, top + size);
    for (let j = 0; j < outWidth; j++) {
      const left = j * stride - padding;
      const firstColumn = max(0, left), lastColumn = min(width, left + size);
      for (let c: usize = 0; c < pixel; c += 16) {
        let sum = f32x4.splat(0);
        for (let row = firstRow; row < lastRow; row++) {
          let from = x + <usize>(row * width + firstColumn) * pixel + c;
          for (let column = firstColumn; column < lastColumn; column++) {
            sum = f32x4.add(sum, v128.load(from));
            from += pixel;
          }
        }
        v128.store(y + c, f32x4.mul(sum, part));
      }
      y += pixel;
    }
  }
}

/** The gradient of `averagePool`: each output's gradient is shared out over its window. */
export function averagePoolGradient(
  yGradient: usize, height: i32, width: i32, channels: i32, size: i32, stride: i32, padding: i32,
  outHeight: i32, outWidth: i32, xGradient: usize,
): void {
  const pixel = <usize>channels * 4;
  const part = f32x4.splat(<f32>1 / <f32>(size * size));
  memory.fill(xGradient, 0, <usize>(height * width) * pixel);
  for (let i = 0; i < outHeight; i++) {
    const top = i * stride - padding;
    const firstRow = max(0, top), lastRow = min(height, top + size);
    for (let j = 0; j < outWidth; j++) {
      const left = j * stride - padding;
      const firstColumn = max(0, left), lastColumn = min(width, left + size);
      for (let c: usize = 0; c < pixel; c += 16) {
        const share = f32x4.mul(v128.load(yGradient + c), part);
        for (let row = firstRow; row < lastRow; row++) {
          let to = xGradient + <usize>(row * width + firstColumn) * pixel + c;
          for (let column = firstColumn; column < lastColumn; column++) {
            v128.store(to, f32x4.add(v128.load(to), share));
            to += pixel;
          }
        }
      }
      yGradient += pixel;
    }
  }
}

/** The mean of each channel over the pixels of one NHWC image; `channels` is a multiple of 4. */
export function globalAveragePool(x: usize, pixels: i32, channels: i32, y: usize): void {
  const pixel = <usize>channels * 4;
  const part = f32x4.splat(<f32>1 / <f32>pixels);
  for (let c: usize = 0; c < pixel; c += 16) {
    let sum = f32x4.splat(0);
    for (let p: usize = 0, at = x + c; p < <usize>pixels; p++, at += pixel) sum = f32x4.add(sum, v128.load(at));
    v128.store(y + c, f32x4.mul(sum, part));
  }
}

/** The gradient of `globalAveragePool`: every pixel gets its share of its channel's. */
export function globalAveragePoolGradient(yGradient: usize, pixels: i32, channels: i32, xGradient: usize): void {
  const pixel = <usize>channels * 4;
  const part = f32x4.splat(<f32>1 / <f32>pixels);
  for (let c: usize = 0; c < pixel; c += 16) {
    const share = f32x4.mul(v128.load(yGradient + c), part);
    for (let p: usize = 0, at = xGradient + c; p < <usize>pixels; p++, at += pixel) v128.store(at, share);
  }
}
