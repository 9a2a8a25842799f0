/** A byte offset into the kernels' memory. */
export type Pointer = number;

/** The transforms of one of Winograd's algorithms; `kernels/winograd-2x2.ts` says what they compute. */
export interface WinogradTransforms {
  input(
    image: Pointer,
    corners: Pointer,
    tiles: number,
    rowBytes: number,
    channels: number,
    points: Pointer,
    pointBytes: number,
  ): void;
  inputGradient(
    points: Pointer,
    pointBytes: number,
    tiles: number,
    channels: number,
    image: Pointer,
    corners: Pointer,
    rowBytes: number,
  ): void;
  output(
    points: Pointer,
    pointBytes: number,
    tiles: number,
    channels: number,
    bias: Pointer,
    y: Pointer,
    rows: Pointer,
    beyond: Pointer,
  ): void;
  outputGradient(
    yGradient: Pointer,
    rows: Pointer,
    beyond: Pointer,
    tiles: number,
    channels: number,
    points: Pointer,
    pointBytes: number,
  ): void;
  weights(
    weights: Pointer,
    panelBytes: number,
    panels: number,
    channels: number,
    points: Pointer,
    pointBytes: number,
  ): void;
  weightsGradient(
    points: Pointer,
    pointBytes: number,
    weights: Pointer,
    panelBytes: number,
    panels: number,
    channels: number,
  ): void;
}

/** What the kernels export; their sources say what each does. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly heapBase: { readonly value: number };

  gemm(
    rows: number,
    panels: number,
    depth: number,
    a: Pointer,
    aRow: number,
    aStep: number,
    b: Pointer,
    bPanel: number,
    bStep: number,
    init: Pointer,
    initRow: number,
    initPanel: number,
    c: Pointer,
    cRow: number,
    cPanel: number,
  ): void;
  transpose(
    from: Pointer,
    fromRow: number,
    fromPanel: number,
    rows: number,
    columns: number,
    to: Pointer,
    toRow: number,
    toPanel: number,
  ): void;
  sparseGemm(
    rows: number,
    tiles: number,
    lists: Pointer,
    listBytes: number,
    counts: Pointer,
    b: Pointer,
    init: Pointer,
    initRow: number,
    initTile: number,
    c: Pointer,
    cRow: number,
  ): void;
  listRows(
    x: Pointer,
    rows: number,
    columns: number,
    xRow: number,
    shift: number,
    columnBytes: number,
    lists: Pointer,
    listBytes: number,
    counts: Pointer,
  ): void;
  listColumns(
    x: Pointer,
    winners: Pointer,
    rows: number,
    columns: number,
    scale: Pointer,
    shift: number,
    rowBytes: number,
    winnerBytes: number,
    lists: Pointer,
    listBytes: number,
    counts: Pointer,
  ): void;
  listWinners(
    gradient: Pointer,
    winners: Pointer,
    windows: number,
    channels: number,
    scale: Pointer,
    channelBytes: number,
    lists: Pointer,
    listBytes: number,
    counts: Pointer,
  ): void;
  columnSums(x: Pointer, rows: number, columns: number, sums: Pointer): void;

  convolve(
    image: Pointer,
    offsets: Pointer,
    rows: number,
    panels: number,
    height: number,
    run: number,
    rowBytes: number,
    weights: Pointer,
    panelBytes: number,
    bias: Pointer,
    y: Pointer,
    yRow: number,
  ): void;
  markTaps(
    image: Pointer,
    floats: number,
    background: number,
    across: number,
    down: number,
    offsets: Pointer,
    windows: number,
    height: number,
    run: number,
    rowBytes: number,
    difference: Pointer,
    marks: Pointer,
    taps: Pointer,
    order: Pointer,
  ): void;
  convolveMarked(
    image: Pointer,
    floats: number,
    background: number,
    difference: Pointer,
    across: number,
    down: number,
    offsets: Pointer,
    windows: number,
    taps: Pointer,
    order: Pointer,
    tapOffsets: Pointer,
    panels: number,
    weights: Pointer,
    panelBytes: number,
    bias: Pointer,
    y: Pointer,
    yRow: number,
  ): void;
  gatherPatches(
    image: Pointer,
    offsets: Pointer,
    positions: number,
    height: number,
    run: number,
    rowBytes: number,
    patches: Pointer,
    patchBytes: number,
  ): void;
  scatterPatches(
    patches: Pointer,
    patchBytes: number,
    offsets: Pointer,
    positions: number,
    height: number,
    run: number,
    rowBytes: number,
    image: Pointer,
  ): void;
  addRows(from: Pointer, fromStride: number, to: Pointer, toStride: number, rows: number, bytes: number): void;
  copyRows(from: Pointer, fromStride: number, to: Pointer, toStride: number, rows: number, bytes: number): void;

  readonly winograd2x2Input: WinogradTransforms["input"];
  readonly winograd2x2InputGradient: WinogradTransforms["inputGradient"];
  readonly winograd2x2Output: WinogradTransforms["output"];
  readonly winograd2x2OutputGradient: WinogradTransforms["outputGradient"];
  readonly winograd2x2Weights: WinogradTransforms["weights"];
  readonly winograd2x2WeightsGradient: WinogradTransforms["weightsGradient"];
  readonly winograd3x3Input: WinogradTransforms["input"];
  readonly winograd3x3InputGradient: WinogradTransforms["inputGradient"];
  readonly winograd3x3Output: WinogradTransforms["output"];
  readonly winograd3x3OutputGradient: WinogradTransforms["outputGradient"];
  readonly winograd3x3Weights: WinogradTransforms["weights"];
  readonly winograd3x3WeightsGradient: WinogradTransforms["weightsGradient"];

  selectFromWindows(y: Pointer, windows: number, channels: number, sign: Pointer, selected: Pointer): void;
  selectWinners(
    y: Pointer,
    windows: number,
    channels: number,
    sign: Pointer,
    selected: Pointer,
    winners: Pointer,
  ): void;
  spreadOverWindows(
    y: Pointer,
    selected: Pointer,
    gradient: Pointer,
    windows: number,
    channels: number,
    scale: Pointer,
    slope: Pointer,
    offset: Pointer,
    yGradient: Pointer,
  ): void;
  maxPool(
    x: Pointer,
    height: number,
    width: number,
    channels: number,
    size: number,
    stride: number,
    padding: number,
    outHeight: number,
    outWidth: number,
    y: Pointer,
    winners: Pointer,
  ): void;
  maxPoolGradient(
    yGradient: Pointer,
    winners: Pointer,
    height: number,
    width: number,
    channels: number,
    size: number,
    stride: number,
    padding: number,
    outHeight: number,
    outWidth: number,
    xGradient: Pointer,
  ): void;
  averagePool(
    x: Pointer,
    height: number,
    width: number,
    channels: number,
    size: number,
    stride: number,
    padding: number,
    outHeight: number,
    outWidth: number,
    y: Pointer,
  ): void;
  averagePoolGradient(
    yGradient: Pointer,
    height: number,
    width: number,
    channels: number,
    size: number,
    stride: number,
    padding: number,
    outHeight: number,
    outWidth: number,
    xGradient: Pointer,
  ): void;
  globalAveragePool(x: Pointer, pixels: number, channels: number, y: Pointer): void;
  globalAveragePoolGradient(yGradient: Pointer, pixels: number, channels: number, xGradient: Pointer): void;

  addMoments(x: Pointer, positions: number, channels: number, totals: Pointer): void;
  finishMoments(
    totals: Pointer,
    count: number,
    channels: number,
    epsilon: number,
    momentum: number,
    mean: Pointer,
    inverseDeviation: Pointer,
    runningMean: Pointer,
    runningVariance: Pointer,
  ): void;
  affine(x: Pointer, rows: number, channels: number, scale: Pointer, shift: Pointer, floor: number, y: Pointer): void;
  addGradientMoments(
    gradient: Pointer,
    x: Pointer,
    positions: number,
    channels: number,
    mean: Pointer,
    inverseDeviation: Pointer,
    totals: Pointer,
  ): void;
  affineGradient(
    gradient: Pointer,
    x: Pointer,
    rows: number,
    channels: number,
    scale: Pointer,
    slope: Pointer,
    offset: Pointer,
    xGradient: Pointer,
  ): void;

  sumRows(rows: Pointer, rowBytes: number, indices: Pointer, count: number, columns: number, totals: Pointer): void;
  centreMoments(products: Pointer, sums: Pointer, n: number, rows: number, columns: number, centred: Pointer): void;
  addOutputMoments(
    products: Pointer,
    sums: Pointer,
    n: number,
    depth: number,
    columns: number,
    weights: Pointer,
    panelBytes: number,
    panels: number,
    bias: Pointer,
    totals: Pointer,
  ): void;
  addMomentsGradient(
    products: Pointer,
    sums: Pointer,
    slope: Pointer,
    constant: Pointer,
    depth: number,
    panels: number,
    panelBytes: number,
    gradient: Pointer,
  ): void;

  relu(x: Pointer, count: number, y: Pointer): void;
  reluGradient(y: Pointer, gradient: Pointer, count: number, xGradient: Pointer): void;
  multiply(x: Pointer, y: Pointer, count: number, z: Pointer): void;
  add(x: Pointer, y: Pointer, count: number, z: Pointer): void;
  rearrange(
    from: Pointer,
    fromPositions: Pointer,
    fromBytes: number,
    to: Pointer,
    toPositions: Pointer,
    toBytes: number,
    elements: number,
    rows: number,
  ): void;
  dropOut(state: Pointer, threshold: number, scale: number, x: Pointer, count: number, mask: Pointer, y: Pointer): void;

  drawWarp(
    state: Pointer,
    rotation: number,
    scale: number,
    shear: number,
    shift: number,
    thickness: number,
    elastic: number,
    height: number,
    width: number,
    warp: Pointer,
  ): void;
  warpImage(
    source: Pointer,
    sourceRow: number,
    height: number,
    width: number,
    warp: Pointer,
    rowWeights: Pointer,
    columnWeights: Pointer,
    field: Pointer,
    bilinear: number,
    to: Pointer,
    toRow: number,
  ): void;
  thicken(warp: Pointer, image: Pointer, row: number, height: number, width: number, to: Pointer): void;
  addNoise(
    state: Pointer,
    deviation: number,
    from: Pointer,
    fromRow: number,
    height: number,
    width: number,
    drawn: Pointer,
    to: Pointer,
    toRow: number,
  ): void;
  standardise(
    from: Pointer,
    fromRow: number,
    height: number,
    width: number,
    mean: number,
    deviation: number,
    to: Pointer,
    stride: number,
  ): number;

  crossEntropy(
    logits: Pointer,
    rows: number,
    classes: number,
    stride: number,
    columns: Pointer,
    labels: Pointer,
    weight: number,
    smoothing: number,
    gradient: Pointer,
  ): number;
  likeliest(logits: Pointer, rows: number, classes: number, stride: number, columns: Pointer, winners: Pointer): void;
  adam(
    weights: Pointer,
    gradients: Pointer,
    m: Pointer,
    v: Pointer,
    count: number,
    beta1: number,
    beta2: number,
    stepSize: number,
    inverseCorrection: number,
    epsilon: number,
  ): void;

  softmax(
    x: Pointer,
    rows: number,
    groups: number,
    classes: number,
    stride: number,
    columns: Pointer,
    temperature: number,
    y: Pointer,
  ): void;
  softmaxGradient(
    y: Pointer,
    gradient: Pointer,
    rows: number,
    groups: number,
    classes: number,
    stride: number,
    columns: Pointer,
    temperature: number,
    xGradient: Pointer,
  ): void;
  outerProduct(
    x: Pointer,
    rows: number,
    size: number,
    stride: number,
    columns: Pointer,
    z: Pointer,
    zStride: number,
  ): void;
  outerProductGradient(
    x: Pointer,
    gradient: Pointer,
    rows: number,
    size: number,
    stride: number,
    columns: Pointer,
    zStride: number,
    xGradient: Pointer,
  ): void;
  ordinal(
    beliefs: Pointer,
    rows: number,
    classes: number,
    stride: number,
    columns: Pointer,
    holds: Pointer,
    logits: Pointer,
    logitStride: number,
  ): void;
  ordinalGradient(
    beliefs: Pointer,
    gradient: Pointer,
    rows: number,
    classes: number,
    stride: number,
    columns: Pointer,
    holds: Pointer,
    logitStride: number,
    beliefsGradient: Pointer,
  ): void;
  sgd(
    weights: Pointer,
    gradients: Pointer,
    velocity: Pointer,
    count: number,
    momentum: number,
    nesterov: number,
    learningRate: number,
  ): void;
  rmsprop(
    weights: Pointer,
    gradients: Pointer,
    v: Pointer,
    count: number,
    alpha: number,
    learningRate: number,
    epsilon: number,
  ): void;
  lion(
    weights: Pointer,
    gradients: Pointer,
    m: Pointer,
    count: number,
    beta1: number,
    beta2: number,
    learningRate: number,
  ): void;
  scale(x: Pointer, count: number, factor: number): void;
  addScaled(y: Pointer, x: Pointer, count: number, factor: number): void;
  approach(y: Pointer, x: Pointer, count: number, part: number): void;
  sumOfSquares(x: Pointer, count: number): number;

  gelu(x: Pointer, count: number, y: Pointer, slopes: Pointer): void;
  silu(x: Pointer, count: number, y: Pointer, slopes: Pointer): void;
  leakyRelu(x: Pointer, count: number, slope: number, y: Pointer): void;
  leakyReluGradient(x: Pointer, gradient: Pointer, count: number, slope: number, xGradient: Pointer): void;
  finishGroups(
    totals: Pointer,
    pixels: number,
    room: number,
    columns: Pointer,
    channels: number,
    groups: number,
    epsilon: number,
    gamma: Pointer,
    beta: Pointer,
    mean: Pointer,
    inverseDeviation: Pointer,
    scale: Pointer,
    shift: Pointer,
  ): void;
  finishGroupsGradient(
    totals: Pointer,
    sums: Pointer,
    pixels: number,
    room: number,
    columns: Pointer,
    channels: number,
    groups: number,
    gamma: Pointer,
    mean: Pointer,
    inverseDeviation: Pointer,
    scale: Pointer,
    slope: Pointer,
    shift: Pointer,
  ): void;
}
