import { numpy as np, tree } from "@jax-js/jax";

const [DECAY, DECAY_OF_SQUARES, EPSILON] = [0.9, 0.999, 1e-8];

/**
 * One step of Adam, inside the jit of the whole step.
 *
 * @param corrections  [2]: 1 − decay^t of both moments
 */
export function adam(params, gradients, [means, squares], corrections, learningRate) {
  const nextMeans = tree.map((m, g) => m.mul(DECAY).add(g.mul(1 - DECAY)), means, tree.ref(gradients));
  const nextSquares = tree.map(
    (v, g) => v.mul(DECAY_OF_SQUARES).add(np.square(g).mul(1 - DECAY_OF_SQUARES)),
    squares,
    gradients,
  );
  const nextParams = tree.map(
    (p, m, v) => {
      const scale = np.sqrt(v.div(corrections.ref.slice(1))).add(EPSILON);
      return p.sub(m.div(corrections.ref.slice(0)).mul(learningRate).div(scale));
    },
    params,
    tree.ref(nextMeans),
    tree.ref(nextSquares),
  );
  corrections.dispose();
  return [nextParams, [nextMeans, nextSquares]];
}
