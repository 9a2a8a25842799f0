import { expect, test } from "vitest";
import { smooth } from "../../../test/parity/smooth.js";
import { smallJob } from "../../../test/support/jobs.js";
import { configSchema } from "./schema.js";

test("a configuration reads as it was written, optional settings and every kind of layer included", () => {
  const { trunk, head } = smooth;
  const { config } = smallJob("one-by-one", { labelSmoothing: 0.1, views: "shifts" });
  const network = { ...config.network, trunk, head, pairWeight: 0.5 };
  for (const written of [config, { ...config, network }])
    expect(configSchema.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
});
