import { isIPv4 } from "node:net";
import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { isLoopback } from "./hosts.js";
import { EVERY_ADDRESS } from "./listen.js";

/** Networks within this machine, of containers and virtual machines: other devices are rarely in them. */
const WITHIN = /^(docker|br-|veth|virbr|vmnet|vboxnet|podman|cni|vEthernet)/;

/**
 * The addresses at which other devices reach a server that listens on an address: none on one that only this machine reaches, and all of
 * this machine's on one that stands for all. Those of a network come before those within this machine, and IPv4 before IPv6.
 */
export function networkAddresses(
  address: string,
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces(),
): string[] {
  if (isLoopback(address)) return [];
  if (!EVERY_ADDRESS.has(address)) return [address];
  const found = Object.entries(interfaces).flatMap(([name, all = []]) =>
    all
      // A link-local address needs the name of an interface, which browsers do not take.
      .filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))
      // "::" listens on IPv4 too.
      .filter((each) => address === "::" || isIPv4(each.address))
      .map((each) => ({ address: each.address, rank: Number(WITHIN.test(name)) + 2 * Number(!isIPv4(each.address)) })),
  );
  return found.toSorted((a, b) => a.rank - b.rank).map((each) => each.address);
}
