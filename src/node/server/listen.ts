import { lookup } from "node:dns/promises";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { InvalidRequest } from "../../core/errors.js";
import { codeOf } from "../errors.js";
import { inUrl } from "./hosts.js";

/** A server that answers. */
export interface Listening {
  /** Ends in a slash. */
  readonly url: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** What stands for all addresses of this machine is none that a browser could ask for. */
const EVERY_ADDRESS = new Set(["0.0.0.0", "::"]);

/**
 * The address of a host name.
 *
 * @throws InvalidRequest where it has none
 */
export async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch {
    throw new InvalidRequest(`--host ${host} is not known: give a name or an address of this machine`);
  }
}

/**
 * Serves an app.
 *
 * @param host  as the command line has it
 * @param address  of this machine
 * @param port  0 for any that is free
 * @throws InvalidRequest where the port is taken or may not be used, or the address is another machine's
 */
export async function listen(
  app: Hono,
  { host, address, port }: { readonly host: string; readonly address: string; readonly port: number },
): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  server.listen(port, address);
  try {
    await once(server, "listening");
  } catch (error) {
    throw obstacle(error, host, port);
  }
  return {
    url: `http://${EVERY_ADDRESS.has(address) ? "localhost" : inUrl(host)}:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function obstacle(error: unknown, host: string, port: number): InvalidRequest {
  const another = "name another with --port, or --port 0 for any that is free";
  const lines: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} of ${host} is taken: ${another}`,
    EACCES: `port ${port} may not be used: ${another}`,
    EADDRNOTAVAIL: `--host ${host} is no address of this machine: give one that is, or 127.0.0.1`,
  };
  const code = codeOf(error);
  return new InvalidRequest(lines[code] ?? `cannot listen on ${host}, port ${port} (${code}): ${another}`);
}
