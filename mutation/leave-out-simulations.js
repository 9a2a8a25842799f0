import { beforeEach } from "vitest";

/**
 * Thousands of experiments take seconds, for each mutant. Without them a mutant that they alone notice counts as one that no test
 * notices.
 */
const SIMULATIONS = /experiments|give the sign-flip test that power/;

beforeEach(({ task, skip }) => skip(SIMULATIONS.test(`${task.suite?.name} ${task.name}`)));
