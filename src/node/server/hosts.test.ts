import { describe, expect, test } from "vitest";
import { isLoopback, isOwnHost } from "./hosts.js";

describe("a Host header", () => {
  test.each(["localhost", "LOCALHOST:8414", "127.0.0.1:80", "127.8.9.1", "[::1]:8414", "pairlab.localhost:1"])(
    "of this machine: %s",
    (header) => expect(isOwnHost(header, "127.0.0.1")).toBe(true),
  );

  test.each([
    "",
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "notlocalhost",
    "127.evil.example",
    "192.168.0.7:8414",
    "[::2]",
    "evil.example@localhost",
    "evil.example/localhost",
    "localhost evil.example",
  ])("of another: %s", (header) => expect(isOwnHost(header, "127.0.0.1")).toBe(false));

  test("may be the name that the server was asked to listen on", () => {
    expect(isOwnHost("my-machine:8414", "my-machine")).toBe(true);
    expect(isOwnHost("my-machine:8414", "127.0.0.1")).toBe(false);
  });
});

test("addresses that only this machine reaches", () => {
  expect(["127.0.0.1", "127.255.0.3", "::1", "::ffff:127.0.0.1"].map(isLoopback)).toEqual([true, true, true, true]);
  expect(["0.0.0.0", "::", "192.168.1.27", "fe80::1", "::ffff:10.0.0.1"].some(isLoopback)).toBe(false);
});
