import { madd } from "./simd";

/**
 * C[i, :] = init[i, :] + Σ_n value[i, n] · B[n, :], n in the order of row i's list: a sparse matrix times a dense one, in
 * register tiles of 1 row × 28 columns. Of 32 columns V8 would keep some in memory, at half the speed.
 *
 * A list holds pairs (u32 bytes from `b` to a row of B, f32 value), one list to a row of C. All strides are in bytes.
 * Columns come in whole tiles: the caller's buffers hold the rest.
 *
 * @param lists   row i's list begins at lists + i · listBytes
 * @param counts  i32 [rows]: pairs in each list
 * @param tiles   columns of C divided by 28, rounded up
 * @param init    what to start from; a row of zeros, or C itself to accumulate
 */
export function sparseGemm(
  rows: i32, tiles: i32, lists: usize, listBytes: usize, counts: usize, b: usize,
  init: usize, initRow: usize, initTile: usize, c: usize, cRow: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const end = lists + <usize>load<i32>(counts) * 8;
    let from = init;
    let to = c;
    let columns = b;
    for (let tile = 0; tile < tiles; tile++) {
      let c0 = v128.load(from), c1 = v128.load(from, 16), c2 = v128.load(from, 32), c3 = v128.load(from, 48);
      let c4 = v128.load(from, 64), c5 = v128.load(from, 80), c6 = v128.load(from, 96);
      for (let pair = lists; pair < end; pair += 8) {
        const x = v128.load_splat<f32>(pair, 4);
        const row = columns + load<u32>(pair);
        c0 = madd(x, v128.load(row), c0);
        c1 = madd(x, v128.load(row, 16), c1);
        c2 = madd(x, v128.load(row, 32), c2);
        c3 = madd(x, v128.load(row, 48), c3);
        c4 = madd(x, v128.load(row, 64), c4);
        c5 = madd(x, v128.load(row, 80), c5);
        c6 = madd(x, v128.load(row, 96), c6);
      }
      v128.store(to, c0);
      v128.store(to, c1, 16);
      v128.store(to, c2, 32);
      v128.store(to, c3, 48);
      v128.store(to, c4, 64);
      v128.store(to, c5, 80);
      v128.store(to, c6, 96);
      from += initTile;
      to += 112;
      columns += 112;
    }
    lists += listBytes;
    counts += 4;
    init += initRow;
    c += cRow;
  }
}

/**
 * Lists, row by row, what is not 0 of x + shift: pairs (column · columnBytes, x + shift), columns in order.
 *
 * @param x       f32 [rows, ·], xRow bytes apart, of which `columns` columns are looked at
 * @param lists   [rows] lists, listBytes apart, with room for `columns` pairs and one more
 * @param counts  i32 [rows], written
 */
export function listRows(
  x: usize, rows: i32, columns: i32, xRow: usize, shift: f32, columnBytes: i32,
  lists: usize, listBytes: usize, counts: usize,
): void {
  for (let i = 0; i < rows; i++) {
    let to = lists;
    for (let j = 0; j < columns; j++) {
      const value = load<f32>(x + <usize>j * 4) + shift;
      store<i32>(to, j * columnBytes);
      store<f32>(to, value, 4);
      to += <usize>(value != 0) << 3;
    }
    store<i32>(counts, <i32>(to - lists) >> 3);
    x += xRow;
    lists += listBytes;
    counts += 4;
  }
}

/**
 * Lists, column by column, what is not 0 of scale · x + shift: pairs (row · rowBytes + winner · winnerBytes,
 * scale · x + shift), rows in order.
 *
 * @param x        f32 [rows, columns]; columns a multiple of 4
 * @param winners  i32 [rows, columns]: where x stands for one of several rows, which one it is; anything, with winnerBytes 0
 * @param scale    f32 [columns]
 * @param lists    [columns] lists, listBytes apart, with room for `rows` pairs and one more
 * @param counts   i32 [columns], written
 */
export function listColumns(
  x: usize, winners: usize, rows: i32, columns: i32, scale: usize, shift: f32, rowBytes: i32, winnerBytes: i32,
  lists: usize, listBytes: usize, counts: usize,
): void {
  const row = <usize>columns * 4;
  const rowStep = i32x4.splat(rowBytes);
  const winnerStep = i32x4.splat(winnerBytes);
  const shifts = f32x4.splat(shift);
  const zero = f32x4.splat(0);
  for (let c: usize = 0; c < row; c += 16) {
    const factor = v128.load(scale + c);
    const start0 = lists, start1 = start0 + listBytes, start2 = start1 + listBytes, start3 = start2 + listBytes;
    let to0 = start0, to1 = start1, to2 = start2, to3 = start3;
    let first = i32x4.splat(0);
    let at = c;
    for (let i = 0; i < rows; i++) {
      const value = f32x4.add(f32x4.mul(v128.load(x + at), factor), shifts);
      const offset = i32x4.add(first, i32x4.mul(v128.load(winners + at), winnerStep));
      const low = v128.shuffle<i32>(offset, value, 0, 4, 1, 5);
      const high = v128.shuffle<i32>(offset, value, 2, 6, 3, 7);
      // A pair that is not kept is overwritten by the next: no branch decides.
      const kept = i32x4.bitmask(f32x4.ne(value, zero));
      v128.store64_lane(to0, low, 0);
      v128.store64_lane(to1, low, 1);
      v128.store64_lane(to2, high, 0);
      v128.store64_lane(to3, high, 1);
      to0 += <usize>((kept & 1) << 3);
      to1 += <usize>((kept & 2) << 2);
      to2 += <usize>((kept & 4) << 1);
      to3 += <usize>(kept & 8);
      first = i32x4.add(first, rowStep);
      at += row;
    }
    const sizes = i32x4(<i32>(to0 - start0), <i32>(to1 - start1), <i32>(to2 - start2), <i32>(to3 - start3));
    v128.store(counts, i32x4.shr_u(sizes, 3));
    counts += 16;
    lists = start3 + listBytes;
  }
}

/**
 * Lists the winners of pooling windows row by row: for each of the four rows of a window, pairs (channel · channelBytes,
 * scale · gradient) for the channels that won there and whose gradient is not 0, channels in order.
 *
 * @param winners  i32 [windows, channels]: each window's winning row, 0 … 3
 * @param lists    [windows · 4] lists, listBytes apart, with room for `channels` pairs and one more, fewer than 65,536
 * @param counts   i32 [windows · 4], written
 */
export function listWinners(
  gradient: usize, winners: usize, windows: i32, channels: i32, scale: usize, channelBytes: i32,
  lists: usize, listBytes: usize, counts: usize,
): void {
  for (let w = 0; w < windows; w++) {
    // The four counts, 16 bits each: no branch and no trip to memory decides where the next pair goes.
    let packed: u64 = 0;
    for (let c = 0; c < channels; c++) {
      const at = <usize>c * 4;
      const value = load<f32>(gradient + at) * load<f32>(scale + at);
      const row = <usize>load<u32>(winners + at);
      const shift = <u64>row << 4;
      const to = lists + row * listBytes + <usize>((packed >> shift) & 0xffff) * 8;
      store<i32>(to, c * channelBytes);
      store<f32>(to, value, 4);
      packed += <u64>(value != 0) << shift;
    }
    for (let row: u64 = 0; row < 4; row++) {
      store<i32>(counts, <i32>((packed >> (row << 4)) & 0xffff));
      counts += 4;
    }
    gradient += <usize>channels * 4;
    winners += <usize>channels * 4;
    lists += 4 * listBytes;
  }
}
