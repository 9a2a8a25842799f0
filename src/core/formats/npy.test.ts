import { expect, test } from "vitest";
import { encodeNpy } from "./npy.js";

// As NumPy 1.24 writes np.save(file, np.arange(6, dtype="<f4").reshape(2, 3)): the header's dictionary, padded to 128 bytes in all.
test("a file is what numpy.save writes", () => {
  const file = encodeNpy(Float32Array.of(0, 1, 2, 3, 4, 5), 2, 3);
  const head = Buffer.from(file.subarray(0, 128)).toString("latin1");
  expect(head).toBe(
    `\x93NUMPY\x01\x00v\x00${"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".padEnd(117)}\n`,
  );
  expect([...new Float32Array(file.slice(128).buffer)]).toEqual([0, 1, 2, 3, 4, 5]);
});

test("numbers that are not count times width are refused", () => {
  expect(() => encodeNpy(new Float32Array(5), 2, 3)).toThrow("rows must be a Float32Array of count × width = 6");
});
