import { expect, test } from "vitest";
import { connectionsWith } from "./handles.js";

test("connections leave handles for files, and are not more than memory has room for", () => {
  expect(connectionsWith(256, 36)).toBe(156);
  expect(connectionsWith(1_048_576, 36)).toBe(512);
  expect(connectionsWith(64, 36)).toBe(8);
});
