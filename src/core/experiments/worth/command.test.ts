import { expect, test } from "vitest";
import { InvalidRequest } from "../../errors.js";
import { worthCommand } from "./command.js";

test("sizes are whole numbers that grow, as they are written", () => {
  const { read } = worthCommand.options.sizes ?? {};
  expect(read?.("125, 250,500")).toEqual([125, 250, 500]);
  for (const text of ["1,0x10", "1,1e2", "1,+5", "1,５", "1,2.5", "1,", "-1,5", "500,125", "125"])
    expect(() => read?.(text)).toThrow(InvalidRequest);
});
