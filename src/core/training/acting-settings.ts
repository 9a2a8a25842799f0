import type { Architecture } from "../architectures/architecture.js";
import { InvalidRequest } from "../errors.js";
import { withNested } from "../network/kinds.js";
import { NETWORK_HAS } from "../settings/has.js";
import { leanSettings, withoutOptional } from "../settings/optional-settings.js";
import type { TrainingSettings } from "../settings/training-settings.js";

/** A network, and its architecture's values for settings that do nothing. */
type Own = Pick<Architecture, "trunk" | "head" | "dropout" | "evaluate">;

/**
 * The normal form of settings, from which a run's id is made. Settings that train a network to the same bits by definition have the
 * same form: defaults and settings without effect are left out.
 */
export function actingSettings(settings: TrainingSettings, own: Own): TrainingSettings {
  const { trainPairs, testPairs } = settings;
  // No batch has more pairs than there are.
  const batchSize = Math.min(settings.batchSize, Math.max(trainPairs, testPairs));
  return {
    ...withoutOptional(settings),
    batchSize,
    optimizer: actingOptimizer(settings),
    dropout: NETWORK_HAS.dropout(own) ? settings.dropout : own.dropout,
    evaluate: settings.epochs === 1 ? (own.evaluate ?? "epoch") : settings.evaluate,
    ...leanSettings({
      ...settings,
      optimizer: actingOptimizer(settings),
      ...actingPartners(settings, batchSize),
      ...actingLabels(settings),
    }),
  };
}

/** AdamW without weight decay is Adam. */
const actingOptimizer = ({ optimizer, weightDecay }: TrainingSettings): TrainingSettings["optimizer"] =>
  optimizer === "adamw" && weightDecay === 0 ? "adam" : optimizer;

/** An image has at most all others of its batch as partners. With one other image, 2 stands for any number: each meets the other. */
function actingPartners({ partners = 1, trainPairs }: TrainingSettings, batchSize: number) {
  const others = 2 * Math.min(batchSize, trainPairs) - 1;
  return { partners: Math.min(partners, Math.max(2, others)) };
}

/** A part that is all pairs when it is rounded is all. */
const actingLabels = ({ labelFraction = 1, trainPairs }: TrainingSettings) => ({
  labelFraction: Math.round(labelFraction * trainPairs) === trainPairs ? 1 : labelFraction,
});

/** @throws InvalidRequest where a dropout rate is given that no layer uses */
export function checkDropout(asked: number | undefined, own: Own): void {
  if (!asked || asked === own.dropout || NETWORK_HAS.dropout(own)) return;
  const rated = withNested([...own.trunk, ...own.head]).some(({ kind }) => kind === "dropout");
  throw new InvalidRequest(
    `dropout is the rate of dropout layers that name none: this network has no ${rated ? "such layer" : "dropout layer"}`,
  );
}
