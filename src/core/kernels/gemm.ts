import { madd, splat } from "./simd";

/**
 * C[i, j] = init[i, j] + Σ_k A[i, k] · B[k, j], k ascending, in register tiles of 4 rows × 8 columns.
 *
 * All strides are in bytes, and `rows` is rounded up to whole tiles: the caller's buffers hold the extra rows.
 * Any of the three layers' products is this one sum under other strides:
 *
 * - output   Y = X · W      A = X,  B = packed W           init = bias (initRow 0)
 * - input    dX = dY · Wᵀ   A = dY, B = packed Wᵀ          init = zeros
 * - weights  dW = Xᵀ · dY   A = X (aRow 4, aStep = row of X), B = dY, init = C to accumulate
 *
 * The loop over k is deliberately not unrolled: V8 hoists the loads of a longer body above its arithmetic and spills. The fewer
 * pointers it moves, the faster it is: where a step's four elements of A do not lie one behind the other, they are packed so, if
 * enough panels share the cost.
 *
 * @param panels  columns of C divided by 8
 * @param depth   1 or more
 * @param cRow    from C[i, j] to C[i + 1, j]; a panel of C has room for whole tiles
 * @param aRow    from A[i, k] to A[i + 1, k]
 * @param aStep   from A[i, k] to A[i, k + 1]; not 0
 * @param bPanel  from one 8-column panel of B to the next
 * @param bStep   from B[k, j] to B[k + 1, j]
 */
export function gemm(
  rows: i32, panels: i32, depth: i32,
  a: usize, aRow: usize, aStep: usize,
  b: usize, bPanel: usize, bStep: usize,
  init: usize, initRow: usize, initPanel: usize,
  c: usize, cRow: usize, cPanel: usize,
): void {
  if (aRow != 4 && panels < WORTH_PACKING) {
    multiply(rows, panels, depth, a, aRow, aStep, b, bPanel, bStep, init, initRow, initPanel, c, cRow, cPanel);
    return;
  }
  for (let i = 0; i < rows; i += 4) {
    let from = init, rowsOfA = a, panelsOfB = b;
    let fromRow = initRow, fromPanel = initPanel;
    for (let left = depth; left > 0; left -= CHUNK) {
      const steps = min(left, CHUNK);
      let ak = rowsOfA, step = aStep;
      if (aRow != 4) {
        interleave(rowsOfA, aRow, aStep, steps);
        ak = packed;
        step = 16;
      }
      multiplyRows(panels, steps, ak, step, panelsOfB, bPanel, bStep, from, fromRow, fromPanel, c, cRow, cPanel);
      rowsOfA += <usize>CHUNK * aStep;
      panelsOfB += <usize>CHUNK * bStep;
      from = c;
      fromRow = cRow;
      fromPanel = cPanel;
    }
    a += 4 * aRow;
    init += 4 * initRow;
    c += 4 * cRow;
  }
}

/** From as many panels of C on it pays to pack A. */
const WORTH_PACKING = 6;
/** Steps of the sum that are packed at a time. */
const CHUNK = 256;
/** A's four rows, interleaved: f32 [steps, 4]. */
const packed: usize = memory.data(CHUNK * 16, 64);

/** Copies four rows of A to `packed`, element by element of each in turn. */
function interleave(a: usize, aRow: usize, aStep: usize, steps: i32): void {
  let to = packed;
  let k = 0;
  if (aStep == 4) {
    const a1 = a + aRow, a2 = a1 + aRow, a3 = a2 + aRow;
    for (let at: usize = 0; k + 4 <= steps; k += 4, at += 16, to += 64) {
      const r0 = v128.load(a + at), r1 = v128.load(a1 + at), r2 = v128.load(a2 + at), r3 = v128.load(a3 + at);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 16);
      v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 32);
      v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 48);
    }
  }
  for (let from = a + <usize>k * aStep; k < steps; k++, from += aStep, to += 16) {
    store<f32>(to, load<f32>(from));
    store<f32>(to, load<f32>(from + aRow), 4);
    store<f32>(to, load<f32>(from + 2 * aRow), 8);
    store<f32>(to, load<f32>(from + 3 * aRow), 12);
  }
}

/** The product with four pointers into A. */
function multiply(
  rows: i32, panels: i32, depth: i32,
  a: usize, aRow: usize, aStep: usize,
  b: usize, bPanel: usize, bStep: usize,
  init: usize, initRow: usize, initPanel: usize,
  c: usize, cRow: usize, cPanel: usize,
): void {
  for (let panel = 0; panel < panels; panel++) {
    let rowOfA = a;
    let rowOfInit = init;
    let rowOfC = c;
    for (let i = 0; i < rows; i += 4) {
      let from = rowOfInit;
      let c00 = v128.load(from), c01 = v128.load(from, 16);
      from += initRow;
      let c10 = v128.load(from), c11 = v128.load(from, 16);
      from += initRow;
      let c20 = v128.load(from), c21 = v128.load(from, 16);
      from += initRow;
      let c30 = v128.load(from), c31 = v128.load(from, 16);
      let a0 = rowOfA;
      let a1 = a0 + aRow;
      let a2 = a1 + aRow;
      let a3 = a2 + aRow;
      let bk = b;
      for (let k = depth; k > 0; k--) {
        const b0 = v128.load(bk);
        const b1 = v128.load(bk, 16);
        let x = splat(a0);
        c00 = madd(x, b0, c00);
        c01 = madd(x, b1, c01);
        x = splat(a1);
        c10 = madd(x, b0, c10);
        c11 = madd(x, b1, c11);
        x = splat(a2);
        c20 = madd(x, b0, c20);
        c21 = madd(x, b1, c21);
        x = splat(a3);
        c30 = madd(x, b0, c30);
        c31 = madd(x, b1, c31);
        a0 += aStep;
        a1 += aStep;
        a2 += aStep;
        a3 += aStep;
        bk += bStep;
      }
      let to = rowOfC;
      v128.store(to, c00);
      v128.store(to, c01, 16);
      to += cRow;
      v128.store(to, c10);
      v128.store(to, c11, 16);
      to += cRow;
      v128.store(to, c20);
      v128.store(to, c21, 16);
      to += cRow;
      v128.store(to, c30);
      v128.store(to, c31, 16);
      rowOfA += 4 * aRow;
      rowOfInit += 4 * initRow;
      rowOfC += 4 * cRow;
    }
    b += bPanel;
    init += initPanel;
    c += cPanel;
  }
}

/** Four rows of C, from four rows of A that are interleaved: a step's four elements lie one behind the other. */
function multiplyRows(
  panels: i32, depth: i32, a: usize, aStep: usize,
  b: usize, bPanel: usize, bStep: usize,
  init: usize, initRow: usize, initPanel: usize,
  c: usize, cRow: usize, cPanel: usize,
): void {
  const end = a + <usize>depth * aStep;
  for (let panel = 0; panel < panels; panel++) {
    let from = init;
    let c00 = v128.load(from), c01 = v128.load(from, 16);
    from += initRow;
    let c10 = v128.load(from), c11 = v128.load(from, 16);
    from += initRow;
    let c20 = v128.load(from), c21 = v128.load(from, 16);
    from += initRow;
    let c30 = v128.load(from), c31 = v128.load(from, 16);
    let bk = b;
    for (let ak = a; ak != end; ak += aStep) {
      const b0 = v128.load(bk);
      const b1 = v128.load(bk, 16);
      let x = v128.load_splat<f32>(ak);
      c00 = madd(x, b0, c00);
      c01 = madd(x, b1, c01);
      x = v128.load_splat<f32>(ak, 4);
      c10 = madd(x, b0, c10);
      c11 = madd(x, b1, c11);
      x = v128.load_splat<f32>(ak, 8);
      c20 = madd(x, b0, c20);
      c21 = madd(x, b1, c21);
      x = v128.load_splat<f32>(ak, 12);
      c30 = madd(x, b0, c30);
      c31 = madd(x, b1, c31);
      bk += bStep;
    }
    let to = c;
    v128.store(to, c00);
    v128.store(to, c01, 16);
    to += cRow;
    v128.store(to, c10);
    v128.store(to, c11, 16);
    to += cRow;
    v128.store(to, c20);
    v128.store(to, c21, 16);
    to += cRow;
    v128.store(to, c30);
    v128.store(to, c31, 16);
    b += bPanel;
    init += initPanel;
    c += cPanel;
  }
}

/**
 * `count` products of one shape, one behind the other: `gemm` for each, from operands that lie `aNext`, `bNext`, `initNext` and
 * `cNext` bytes behind those of the one before.
 */
export function gemms(
  count: i32, rows: i32, panels: i32, depth: i32,
  a: usize, aRow: usize, aStep: usize, aNext: usize,
  b: usize, bPanel: usize, bStep: usize, bNext: usize,
  init: usize, initRow: usize, initPanel: usize, initNext: usize,
  c: usize, cRow: usize, cPanel: usize, cNext: usize,
): void {
  for (let i = 0; i < count; i++) {
    gemm(rows, panels, depth, a, aRow, aStep, b, bPanel, bStep, init, initRow, initPanel, c, cRow, cPanel);
    a += aNext;
    b += bNext;
    init += initNext;
    c += cNext;
  }
}

/**
 * Transposes a matrix of [rows, columns] in panels of 8 columns into one of [columns, rows], likewise: element (i, j) goes
 * from i · fromRow + (j / 8) · fromPanel, lane j % 8, to j · toRow + (i / 8) · toPanel, lane i % 8. Strides are in bytes;
 * a matrix that is not packed has panels 32 bytes apart. Rows and columns are rounded up to 8.
 */
export function transpose(
  from: usize, fromRow: usize, fromPanel: usize, rows: i32, columns: i32, to: usize, toRow: usize, toPanel: usize,
): void {
  for (let i = 0; i < rows; i += 8) {
    for (let j = 0; j < columns; j += 8) {
      const source = from + <usize>i * fromRow + <usize>(j >> 3) * fromPanel;
      const target = to + <usize>j * toRow + <usize>(i >> 3) * toPanel;
      transpose4(source, fromRow, target, toRow);
      transpose4(source + 16, fromRow, target + 4 * toRow, toRow);
      transpose4(source + 4 * fromRow, fromRow, target + 16, toRow);
      transpose4(source + 4 * fromRow + 16, fromRow, target + 4 * toRow + 16, toRow);
    }
  }
}

/** `count` transposes of one shape, from matrices `fromNext` bytes behind the one before to such `toNext` bytes behind. */
export function transposes(
  count: i32, from: usize, fromNext: usize, fromRow: usize, fromPanel: usize, rows: i32, columns: i32,
  to: usize, toNext: usize, toRow: usize, toPanel: usize,
): void {
  for (let i = 0; i < count; i++) {
    transpose(from, fromRow, fromPanel, rows, columns, to, toRow, toPanel);
    from += fromNext;
    to += toNext;
  }
}

/** Transposes a 4×4 block of f32. */
function transpose4(from: usize, fromRow: usize, to: usize, toRow: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + fromRow);
  const r2 = v128.load(from + 2 * fromRow);
  const r3 = v128.load(from + 3 * fromRow);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to + toRow, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(to + 2 * toRow, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(to + 3 * toRow, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** sums[j] += Σ_i x[i, j] for each column of [rows, columns], i ascending; `columns` is a multiple of 4. */
export function columnSums(x: usize, rows: i32, columns: i32, sums: usize): void {
  for (let j = 0; j < columns; j += 4) {
    let p = x + <usize>j * 4;
    let sum = f32x4.splat(0);
    for (let i = 0; i < rows; i++) {
      sum = f32x4.add(sum, v128.load(p));
      p += <usize>columns * 4;
    }
    const to = sums + <usize>j * 4;
    v128.store(to, f32x4.add(v128.load(to), sum));
  }
}
