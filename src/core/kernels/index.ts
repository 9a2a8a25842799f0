export { adam } from "./adam";
export { convolve } from "./convolve";
export { drawMask, multiply, relu, reluGradient } from "./elementwise";
export { columnSums, gemm, transpose } from "./gemm";
export { crossEntropy, likeliest } from "./loss";
export { addMomentsGradient, addOutputMoments, centreMoments, sumRows } from "./moments";
export { addGradientMoments, addMoments, affine, affineGradient, finishMoments } from "./normalization";
export { copyRows, gatherPatches, scatterPatches } from "./patches";
export { maxPool, maxPoolGradient, selectFromWindows, selectWinners, spreadOverWindows } from "./pooling";
export { listColumns, listRows, listWinners, sparseGemm } from "./sparse";
export {
  winogradInput,
  winogradInputGradient,
  winogradOutput,
  winogradOutputGradient,
  winogradWeights,
  winogradWeightsGradient,
} from "./winograd";

/** The first byte that is the caller's to use. */
export const heapBase: usize = __heap_base;
