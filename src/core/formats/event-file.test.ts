import { readFileSync } from "node:fs";
import { bytesToHex } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { crc32c, encodeEventFile } from "./event-file.js";
import { type JsonNumber, numberFromJson } from "./json.js";

interface Fixture {
  readonly files: readonly {
    readonly title: string;
    readonly time: number;
    readonly steps: readonly { readonly step: number; readonly scalars: Readonly<Record<string, JsonNumber>> }[];
    readonly hex: string;
  }[];
}

const { files }: Fixture = JSON.parse(readFileSync("test/tensorboard/events.json", "utf8"));

describe("event files have the bytes that TensorBoard's own writer gives", () => {
  it.each(files)("$title", ({ time, steps, hex }) => {
    const given = steps.map(({ step, scalars }) => ({
      step,
      scalars: Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, numberFromJson(value)])),
    }));
    expect(bytesToHex(encodeEventFile(given, time))).toBe(hex);
  });
});

it.each<[string, number[], number]>([
  ["32 zeros", Array(32).fill(0), 0x8a9136aa],
  ["32 ones", Array(32).fill(0xff), 0x62a8ab43],
  ["0 to 31", Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ["31 to 0", Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  ["nothing", [], 0],
])("CRC-32C of %s is that of RFC 3720, B.4", (_, bytes, crc) => {
  expect(crc32c(Uint8Array.from(bytes))).toBe(crc);
});
