import { beforeEach } from "vitest";

/**
 * Simulations of thousands of experiments, and millions of resamples of large samples, take seconds for each mutant. Without them a
 * mutant that they alone notice counts as one that no test notices.
 */
const LONG = new RegExp(
  [
    "experiments|give the sign-flip test that power|as many as their ties allow|the exact p of 100",
    "thirty values|skewed to the|twelve rounds|ten rounds'|one value far away|skewed the other way|mostly equal| even$",
    "a value far away is resampled",
  ].join("|"),
);

beforeEach(({ task, skip }) => skip(LONG.test(`${task.suite?.name} ${task.name}`)));
