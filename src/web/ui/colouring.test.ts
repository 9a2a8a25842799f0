import { expect, test } from "vitest";
import { colouring, greyBetween, signedUpTo } from "./colouring.js";

test("grey goes from black to white, and no further", () => {
  const grey = greyBetween(0, 200);
  expect([-5, 0, 100, 200, 300].map((value) => grey(value)[0])).toEqual([0, 0, 128, 255, 255]);
});

test("signed values are white at zero, blue below and vermilion above", () => {
  const signed = signedUpTo(2);
  expect(signed(0)).toEqual([255, 255, 255, 255]);
  expect(signed(-2)).toEqual([0, 114, 178, 255]);
  expect(signed(5)).toEqual([213, 94, 0, 255]);
});

test("only values below zero make a layer signed", () => {
  expect(colouring([0, 1, 4])(4)).toEqual([255, 255, 255, 255]);
  expect(colouring([-1, 4])(0)).toEqual([255, 255, 255, 255]);
  expect(colouring([0, 0])(0)).toEqual([0, 0, 0, 255]);
});
