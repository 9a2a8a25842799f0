/** PyTorch's weights in the order of TensorFlow.js: channels last, inputs before outputs. */

/**
 * @param {import("../javascript/task.js").Task} task
 * @param laterFilter  lays out the weights of convolutions that do not see the images
 */
export function arrangeAll({ trunk, head, weights }, laterFilter = filter) {
  const arranged = new Map(weights);
  let channels = 1;
  let places = 1;
  for (const { kind, name, first } of [...trunk, ...head]) {
    const own = `${name}.weight`;
    const weight = weights.get(own);
    if (kind === "convolution") {
      channels = weight.shape[0];
      arranged.set(own, first ? filter(weight) : laterFilter(weight));
    } else if (kind === "flatten" && !first) places = PLACES;
    else if (kind === "linear") {
      arranged.set(own, matrix(weight, channels, places));
      // After a linear layer there are no places.
      places = 1;
    }
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
  if (places === 1) return transposed({ shape: [outputs, inputs], data });
  const arranged = new Float32Array(data.length);
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++) {
      const place = input % places;
      const channel = Math.floor(input / places) % channels;
      const image = Math.floor(input / (places * channels));
      arranged[((image * places + place) * channels + channel) * outputs + output] = data[output * inputs + input];
    }
  return { shape: [inputs, outputs], data: arranged };
}

/** [out, ...] to [all else, out]. */
export function transposed({ shape: [outputs], data }) {
  const inputs = data.length / outputs;
  const arranged = new Float32Array(data.length);
  for (let output = 0; output < outputs; output++)
    for (let input = 0; input < inputs; input++) arranged[input * outputs + output] = data[output * inputs + input];
  return { shape: [inputs, outputs], data: arranged };
}
