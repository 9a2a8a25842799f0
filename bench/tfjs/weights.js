/** PyTorch's weights in the order of TensorFlow.js: channels last, inputs before outputs. */

/** @param {import("../javascript/task.js").Task} task */
export function arrangeAll({ trunk, head, weights }) {
  const arranged = new Map(weights);
  let channels = 0;
  let flattened = false;
  for (const { kind, name } of [...trunk, ...head]) {
    if (kind === "flatten") flattened = true;
    if (kind !== "convolution" && kind !== "linear") continue;
    const weight = weights.get(`${name}.weight`);
    // Behind flattening, each image's inputs are [channels, places]; each other layer's are channels alone.
    const places = kind === "linear" && flattened && channels > 0 ? PLACES : 1;
    arranged.set(`${name}.weight`, kind === "linear" ? matrix(weight, channels, places) : filter(weight));
    flattened = kind === "linear" ? false : flattened;
    if (kind === "convolution") channels = weight.shape[0];
  }
  return arranged;
}

/** Pixels of the last map of all the convolutional networks. */
const PLACES = 4;

/** [out, in, kernel, kernel] to [kernel, kernel, in, out]. */
function filter({ shape, data }) {
  const [outputs, inputs, kernel] = shape;
  const area = kernel * kernel;
  const arranged = new Float32Array(data.length);
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++)
      for (let at = 0; at < area; at++)
        arranged[(at * inputs + input) * outputs + output] = data[(output * inputs + input) * area + at];
  return { shape: [kernel, kernel, inputs, outputs], data: arranged };
}

/** [out, images · channels · places] to [images · places · channels, out]. */
function matrix({ shape: [outputs, inputs], data }, channels, places) {
  const arranged = new Float32Array(data.length);
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++) {
      const place = input % places;
      const channel = Math.floor(input / places) % (channels || 1);
      const image = Math.floor(input / (places * (channels || 1)));
      const to = places === 1 ? input : (image * places + place) * channels + channel;
      arranged[to * outputs + output] = data[output * inputs + input];
    }
  return { shape: [inputs, outputs], data: arranged };
}
