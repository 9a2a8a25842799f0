import { expect, it } from "vitest";
import { smallJob } from "../../../test/support/jobs.js";
import { checkSize } from "./submission.js";

it("a run whose weights are more than a queue takes is refused before it is sent", () => {
  const job = smallJob("mlp");
  expect(() => checkSize(job)).not.toThrow();
  const { network } = job.config;
  const wide = (layer: (typeof network.head)[number]) =>
    layer.kind === "linear" && layer.features > 2 ? { ...layer, features: 30_000 } : layer;
  const large = {
    ...job,
    config: { ...job.config, network: { ...network, head: network.head.map(wide) } },
  };
  expect(() => checkSize(large)).toThrow(
    /^run \S+ \(mlp, seed \d+\) has \d{9,10} bytes of weights, and a queue takes 67108864: train it without --queue$/,
  );
});
