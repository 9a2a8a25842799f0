import { afterEach, expect, test, vi } from "vitest";
import { coloursFor } from "./colours.js";

afterEach(() => vi.unstubAllEnvs());

test("what is piped has no colours, whatever colours a terminal would have", () => {
  vi.stubEnv("FORCE_COLOR", "");
  expect(coloursFor(false).yellow("damaged")).toBe("damaged");
});
