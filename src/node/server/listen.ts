import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { InvalidRequest } from "../../core/errors.js";
import { codeOf } from "../errors.js";
import { answerConnections } from "./connections.js";
import { mostConnections } from "./handles.js";
import { inUrl } from "./hosts.js";

/** A server that answers. */
export interface Listening {
  /** Ends in a slash. */
  readonly url: string;
  readonly port: number;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** These stand for all addresses of this machine; a browser cannot ask for them. */
export const EVERY_ADDRESS = new Set(["0.0.0.0", "::"]);

/** In ms: how long the head of a request may take, and all of it, and how often that is looked at. */
const TIMES = { headersTimeout: 15_000, requestTimeout: 20_000, connectionsCheckingInterval: 5_000 };

/**
 * The address of a host name.
 *
 * @throws InvalidRequest if it has none
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
 * @throws InvalidRequest if the port is taken or may not be used, or the address is another machine's
 */
export async function listen(
  app: Hono,
  { host, address, port }: { readonly host: string; readonly address: string; readonly port: number },
): Promise<Listening> {
  const server = createServer(TIMES);
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false, errorHandler: noRequest });
  answerConnections(server, answer, { most: mostConnections() });
  server.listen(port, address);
  try {
    await once(server, "listening");
  } catch (error) {
    throw obstacle(error, host, port);
  }
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: urlOf(EVERY_ADDRESS.has(address) ? "localhost" : host, taken),
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The address of a page. @param host  a name or an IP address */
export const urlOf = (host: string, port: number): string => `http://${inUrl(host)}:${port}/`;

/** The answer to something that is not an address. */
const noRequest = (): Response =>
  new Response("this is not an address: see the path and the Host header\n", {
    status: 400,
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });

function obstacle(error: unknown, host: string, port: number): InvalidRequest {
  const another = "name another with --port, or --port 0 for any that is free";
  const lines: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} of ${host} is taken: ${another}`,
    EACCES: `port ${port} may not be used: ${another}`,
    EADDRNOTAVAIL: `--host ${host} is not an address of this machine: give one that is, or 127.0.0.1`,
  };
  const code = codeOf(error);
  return new InvalidRequest(lines[code] ?? `cannot listen on ${host}, port ${port} (${code}): ${another}`);
}
