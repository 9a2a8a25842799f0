import { isIP } from "node:net";
import { HOST } from "../processes.js";

/** Whether it is an IP address that only this machine reaches. A name may begin like one. */
export const isLoopback = (address: string): boolean =>
  isIP(address) !== 0 && /^(127\.|::ffff:127\.|::1$)/.test(address);

/** How an address or a name stands in a URL. */
export const inUrl = (host: string): string => (host.includes(":") ? `[${host}]` : host);

/**
 * Whether a Host header names this machine, or the name that the server was asked to listen on. The port may differ:
 * a tunnel has its own.
 */
export function isOwnHost(header: string, listening: string): boolean {
  const name = nameIn(header);
  if (name === undefined) return false;
  const isName = name === "localhost" || name.endsWith(".localhost") || name === nameIn(inUrl(listening));
  return isName || isLoopback(bare(name));
}

/**
 * The same for a server that other machines reach. Any IP address is accepted: DNS rebinding needs a name of its own. So is this
 * machine's name, and its name in mDNS, which ends in .local.
 *
 * @param machine  this machine's name, with or without a domain
 */
export function isNetworkHost(header: string, listening: string, machine = HOST): boolean {
  const name = nameIn(header);
  if (name === undefined) return false;
  const [label] = machine.split(".", 1);
  const isMachine = [machine, `${machine}.local`, `${label}.local`].some((own) => nameIn(own) === name);
  return isMachine || isIP(bare(name)) !== 0 || isOwnHost(header, listening);
}

/** An address as it stands outside of URLs. */
const bare = (name: string): string => name.replace(/^\[(.*)\]$/, "$1");

/** The name or address of a Host header, as URLs write it; undefined if it has none. */
function nameIn(header: string): string | undefined {
  if (!/^[\w.:[\]-]+$/.test(header)) return undefined;
  return URL.canParse(`http://${header}`) ? new URL(`http://${header}`).hostname : undefined;
}
