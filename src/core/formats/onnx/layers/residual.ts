import type { Residual } from "../../../network/layers/residual.js";
import { flatValue, type LayerGraph } from "../layer-graph.js";

const layer: LayerGraph<Residual> = (input, at, { branches = { body: [], shortcut: [] } }) => {
  const body = at.chain(branches.body, input);
  const shortcut = at.chain(branches.shortcut, input);
  const added = (values: readonly [string, string]) => at.result("Add", values);
  // Of a map of one pixel one branch may have made features and the other not.
  if (body.rank !== shortcut.rank) return flatValue(added([at.flat(body), at.flat(shortcut)]));
  return { name: added([body.name, shortcut.name]), rank: body.rank };
};
export default layer;
