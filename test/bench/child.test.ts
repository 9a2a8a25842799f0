import { expect, test } from "vitest";
import { z } from "zod";
import { Child, Refused } from "../../bench/child.js";

/** A contestant that says whether it sees a variable, refuses, or ends. */
const PROGRAM = `
console.log('{"ready":true}');
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { name } = JSON.parse(line);
  if (name === "end") process.exit();
  console.log(JSON.stringify(name === "refuse" ? { error: "it cannot" } : { value: process.env[name] ?? "unset" }));
});`;

const start = (env: Record<string, string> = {}) =>
  Child.start({ command: process.execPath, args: ["-e", PROGRAM], env });
const Value = z.object({ value: z.string() });

test("a program answers, refuses in its own words, and is missed when it ends", async () => {
  const child = await start({ OWN: "given" });
  expect(await child.ask({ name: "OWN" }, Value)).toEqual({ value: "given" });
  await expect(child.ask({ name: "refuse" }, Value)).rejects.toThrow(new Refused("it cannot"));
  await expect(child.ask({ name: "end" }, Value)).rejects.toThrow("ended early");
});

test("it does not inherit settings that would change how fast it is", async () => {
  process.env.OMP_NUM_THREADS = "3";
  const child = await start();
  expect(await child.ask({ name: "OMP_NUM_THREADS" }, Value)).toEqual({ value: "unset" });
  child.stop();
});

test("a program that is not there is missed too", async () => {
  await expect(Child.start({ command: "/nowhere/program", args: [], env: {} })).rejects.toThrow("ended early");
});
