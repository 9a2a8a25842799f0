import { expect, test } from "vitest";
import { finish, smallJob, startJob } from "../../../test/support/jobs.js";

const trained = (settings: Parameters<typeof smallJob>[1]) => finish(startJob(smallJob("one-by-one", settings))).record;
const plain = trained({});

test("label smoothing trains other weights, and is in the configuration", () => {
  const smoothed = trained({ labelSmoothing: 0.1 });
  expect(smoothed.config.labelSmoothing).toBe(0.1);
  expect(smoothed.weightsSha256).not.toBe(plain.weightsSha256);
});

test("views evaluate the same weights otherwise", () => {
  const viewed = trained({ views: "shifts" });
  expect(viewed.config.views).toBe("shifts");
  expect(viewed.weightsSha256).toBe(plain.weightsSha256);
  expect(viewed.epochs[0]?.testLoss).not.toBe(plain.epochs[0]?.testLoss);
});

test("the same job, whether they are off or never were on", () => {
  expect(smallJob("one-by-one", { labelSmoothing: 0, views: "none" })).toEqual(smallJob("one-by-one"));
});
