import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { networkAddresses } from "./network.js";

const of = (address: string, internal = false) => ({ address, internal }) as NetworkInterfaceInfo;

const INTERFACES = {
  lo: [of("127.0.0.1", true), of("::1", true)],
  docker0: [of("172.17.0.1")],
  wlan0: [of("192.168.0.7"), of("fd00::7"), of("fe80::7")],
  down: undefined,
  eth0: [of("10.0.0.7"), of("FE80::8")],
};

test.each<[string, readonly string[]]>([
  ["0.0.0.0", ["192.168.0.7", "10.0.0.7", "172.17.0.1"]],
  ["::", ["192.168.0.7", "10.0.0.7", "172.17.0.1", "fd00::7"]],
  ["10.0.0.7", ["10.0.0.7"]],
  ["127.0.0.1", []],
  ["::1", []],
])("a server on %s is reached from other devices at %j", (address, expected) => {
  expect(networkAddresses(address, INTERFACES)).toEqual(expected);
});

test("a machine without a network has none", () => {
  expect(networkAddresses("0.0.0.0", { lo: INTERFACES.lo })).toEqual([]);
});
