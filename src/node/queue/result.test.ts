import { describe, expect, it } from "vitest";
import { finish, smallJob, startJob } from "../../../test/support/jobs.js";
import { sealed } from "../../../test/support/stored.js";
import { decodeSafetensors, encodeSafetensors } from "../../core/formats/index.js";
import { decodeResult, encodeResult } from "./result.js";

const train = (name: string, seed = 1, settings = {}) => {
  const job = smallJob(name, { epochs: 1, ...settings }, seed);
  return { job, run: finish(startJob(job)) };
};

/** A result with something else in place of a part of its metadata. */
function changed(bytes: Uint8Array, name: string, change: (text: string) => string): Uint8Array {
  const { tensors, metadata } = decodeSafetensors({ name: "result", bytes });
  return encodeSafetensors(tensors, { ...metadata, [name]: change(metadata[name] ?? "") });
}

describe("a result", () => {
  it.each(["mlp", "weight-sharing-auxiliary", "one-by-one"])("gives the run back to the last bit: %s", (name) => {
    const { job, run } = train(name);
    expect(decodeResult(encodeResult(run, "there"), job)).toEqual({ run, host: "there" });
  });

  it("gives a run back that diverged", () => {
    const { job, run } = train("mlp", 1, { learningRate: 100, optimizer: "sgd", momentum: 0.99, epochs: 4 });
    expect(run.record.diverged).toBeDefined();
    expect(decodeResult(encodeResult(run, "there"), job)).toEqual({ run, host: "there" });
  });

  const { job, run } = train("mlp");
  const other = train("mlp", 2);
  const whole = encodeResult(run, "there");
  const flipped = Uint8Array.from(whole);
  flipped[flipped.length - 1] = (flipped.at(-1) as number) ^ 1;
  const withHash = (text: string) => sealed({ ...JSON.parse(text), weightsSha256: "0".repeat(64) });
  it.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(), /not a safetensors file/],
    ["text", new TextEncoder().encode("a result"), /the header should take/],
    ["a changed weight", flipped, /SHA-256 of run\.weights/],
    ["half of it", whole.slice(0, whole.length / 2), /the tensors take/],
    ["another run", encodeResult(other.run, "there"), /is not the record of run/],
    ["a record with another hash", changed(whole, "pairlab_record", withHash), /is not the record of run/],
    ["an edited record", changed(whole, "pairlab_record", (text) => text.replace('"mlp"', '"mlq"')), /digest differs/],
    ["other epochs", changed(whole, "pairlab_epochs", (text) => text + text), /epochs that are not its record's/],
    ["a host of many characters", changed(whole, "pairlab_host", () => "x".repeat(256)), /a host of 256 characters/],
    ["no epochs", changed(whole, "pairlab_epochs", () => ""), /does not hold an epoch on each line/],
  ])("is refused in one line: %s", (_, bytes, says) => {
    expect(() => decodeResult(bytes, job)).toThrow(says);
  });
});
