import { architectureTitle } from "../../core/architectures/registry.js";
import { ownArchitectures, type RunRecord } from "../../core/index.js";
import { fitted, shapeOf } from "../../core/training/job.js";

/**
 * What a run's network is called: its architecture's title; the name of one that is not known here, as in a run store of another version.
 * A run keeps its layers, and its name may by now be that of another network of one's own: then that is said.
 */
export function networkTitle({ architecture, config }: Pick<RunRecord, "architecture" | "config">): string {
  const own = ownArchitectures().find(({ name }) => name === architecture);
  if (!own) return architectureTitle(architecture);
  const { trunk, head, trunks = "shared" } = fitted(own, shapeOf(config.dataset));
  const { network } = config;
  const isSame =
    JSON.stringify([trunk, head, trunks]) === JSON.stringify([network.trunk, network.head, network.trunks]);
  return isSame ? own.title : `${architecture} with other layers`;
}
