import { beforeEach } from "vitest";

/**
 * Simulations of thousands of experiments, and millions of resamples of large samples, take seconds for each mutant. Without them a
 * mutant that they alone notice counts as one that no test notices.
 */
const LONG =
  /experiments|give the sign-flip test that power|thirty values|skewed to the|twelve rounds|ten rounds'| even$/;

beforeEach(({ task, skip }) => skip(LONG.test(`${task.suite?.name} ${task.name}`)));
