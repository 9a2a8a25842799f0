import type { Architecture } from "../architectures/architecture.js";
import { InvalidRequest } from "../errors.js";
import { layersOf, type PlacedNetwork } from "../network/index.js";
import { leanSettings, withoutOptional } from "../settings/optional-settings.js";
import type { TrainingSettings } from "../settings/training-settings.js";

/** What an architecture has where a setting does nothing. */
type Own = Pick<Architecture, "dropout" | "evaluate">;

/**
 * Settings as they act. Those that by definition train a network to the same bits have one form, of which a run's id is made: a
 * default goes without saying, and what has no effect is as if it were not said.
 */
export function actingSettings(settings: TrainingSettings, own: Own, network: PlacedNetwork): TrainingSettings {
  const { trainPairs, testPairs } = settings;
  // No batch has more pairs than there are.
  const batchSize = Math.min(settings.batchSize, Math.max(trainPairs, testPairs));
  return {
    ...withoutOptional(settings),
    batchSize,
    optimizer: actingOptimizer(settings),
    dropout: hasRatelessDropout(network) ? settings.dropout : own.dropout,
    evaluate: settings.epochs === 1 ? (own.evaluate ?? "epoch") : settings.evaluate,
    ...leanSettings({ ...settings, optimizer: actingOptimizer(settings), ...actingPartners(settings, batchSize) }),
  };
}

/** AdamW without weight decay is Adam. */
const actingOptimizer = ({ optimizer, weightDecay }: TrainingSettings): TrainingSettings["optimizer"] =>
  optimizer === "adamw" && weightDecay === 0 ? "adam" : optimizer;

/** An image meets all others of its batch at most. Where its partner is the only other one, 2 stands for any number: both meet. */
function actingPartners({ partners = 1, trainPairs }: TrainingSettings, batchSize: number) {
  const others = 2 * Math.min(batchSize, trainPairs) - 1;
  return { partners: Math.min(partners, Math.max(2, others)) };
}

/** Whether a network has a dropout layer that names no rate. */
export const hasRatelessDropout = (network: PlacedNetwork): boolean =>
  layersOf(network).some(({ layer }) => layer.kind === "dropout" && layer.rate === undefined);

/** @throws InvalidRequest where a dropout rate is asked for and no layer would have it */
export function checkDropout(asked: number | undefined, own: Own, network: PlacedNetwork): void {
  if (!asked || asked === own.dropout || hasRatelessDropout(network)) return;
  const rated = layersOf(network).some(({ layer }) => layer.kind === "dropout");
  throw new InvalidRequest(
    `dropout is the rate of dropout layers that name none: this network has no ${rated ? "such layer" : "dropout layer"}`,
  );
}
