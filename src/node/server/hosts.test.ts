import { describe, expect, test } from "vitest";
import { isLoopback, isNetworkHost, isOwnHost } from "./hosts.js";

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

describe("a Host header, where other machines reach the server", () => {
  const isAllowed = (header: string, machine = "Desk") => isNetworkHost(header, "pairlab.example", machine);

  test.each([
    "localhost:8414",
    "127.0.0.1",
    "192.168.0.7:8414",
    "[fe80::1]:8414",
    "desk:8414",
    "DESK",
    "desk.local:8414",
    "pairlab.example:80",
  ])("of this machine: %s", (header) => expect(isAllowed(header)).toBe(true));

  test.each([
    "",
    "evil.example:8414",
    "192.168.0.7.evil.example",
    "desk.evil.example",
    "desk.local.evil.example",
    "notdesk",
    "other.local",
    "sub.pairlab.example",
    "192.168.0.7@evil.example",
  ])("of another: %s", (header) => expect(isAllowed(header)).toBe(false));

  test("may be a machine's name with its domain, or what mDNS makes of it", () => {
    const headers = ["desk.lan", "desk.local", "desk.evil.example", "lan"];
    expect(headers.map((header) => isAllowed(header, "desk.lan"))).toEqual([true, true, false, false]);
    expect(isAllowed("desk.local", "desk.local")).toBe(true);
  });

  test("is none where the machine has no name", () => {
    expect(["", "evil.example", "evil.local"].some((header) => isAllowed(header, ""))).toBe(false);
  });
});

test("addresses that only this machine reaches", () => {
  expect(["127.0.0.1", "127.255.0.3", "::1", "::ffff:127.0.0.1"].map(isLoopback)).toEqual([true, true, true, true]);
  expect(["0.0.0.0", "::", "192.168.1.27", "fe80::1", "::ffff:10.0.0.1"].some(isLoopback)).toBe(false);
});
