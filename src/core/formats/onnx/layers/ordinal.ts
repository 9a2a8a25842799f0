import type { Ordinal } from "../../../network/layers/ordinal.js";
import { wholes } from "../graph.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";
import { relationTable } from "../relation-table.js";

/** What a probability counts as at least; the engine's. */
const LEAST = 2 ** -126;

/** ln Σ p_i q_j over the pairs of classes (i, j) whose relation does not hold, and over those whose does. */
const layer: LayerGraph<Ordinal> = (input, at, { input: { channels } }) => {
  const classes = channels / 2;
  const [p, q] = at.halves(input);
  const all = at.constant("classes", wholes(1));
  const least = at.constant("least", LEAST);
  const probabilities = (["fails", "holds"] as const).map((name) => {
    const table = relationTable(at.relation, classes, name === "holds");
    const partners = at.step("Gemm", [q, at.constant(name, table, [classes, classes])], { transB: 1 });
    return at.step("ReduceSum", [at.step("Mul", [p, partners]), all]);
  });
  const both = at.step("Concat", probabilities, { axis: 1 });
  return flatValue(at.result("Log", [at.step("Max", [both, least])]));
};
export default layer;
