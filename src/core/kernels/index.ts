export { averagePool, averagePoolGradient, globalAveragePool, globalAveragePoolGradient } from "./average-pooling";
export {
  ordinal,
  ordinalGradient,
  outerProduct,
  outerProductGradient,
  softmax,
  softmaxGradient,
} from "./beliefs";
export { addNoise, drawWarp, standardise, thicken, warpImage } from "./augment";
export { convolve } from "./convolve";
export { add, dropOut, multiply, rearrange, relu, reluGradient } from "./elementwise";
export { columnSums, gemm, gemms, transpose, transposes } from "./gemm";
export { finishGroups, finishGroupsGradient } from "./group-norm";
export { crossEntropy, likeliest } from "./loss";
export { convolveMarked, markTaps } from "./marked";
export { addMomentsGradient, addOutputMoments, centreMoments, correlate, sumRows, windowSums } from "./moments";
export { addGradientMoments, addMoments, addReluGradientMoments, affine, affineGradient, finishMoments } from "./normalization";
export { adam, addScaled, approach, lion, rmsprop, scale, sgd, sumOfSquares } from "./optimizers";
export { addRows, copyImages, copyRows, gatherPatches, scatterPatches } from "./patches";
export { maxPool, maxPoolGradient, selectFromWindows, selectWinners, spreadOverWindows } from "./pooling";
export { gelu, leakyRelu, leakyReluGradient, silu } from "./smooth";
export { listColumns, listRows, listWinners, sparseGemm } from "./sparse";
export {
  winograd2x2Input,
  winograd2x2InputGradient,
  winograd2x2Output,
  winograd2x2OutputGradient,
  winograd2x2Weights,
  winograd2x2WeightsGradient,
} from "./winograd-2x2";
export {
  winograd3x3Input,
  winograd3x3InputGradient,
  winograd3x3Output,
  winograd3x3OutputGradient,
  winograd3x3Weights,
  winograd3x3WeightsGradient,
} from "./winograd-3x3";

/** The first byte that is the caller's to use. */
export const heapBase: usize = __heap_base;
