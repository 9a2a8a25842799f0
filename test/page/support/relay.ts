import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What is between a page and its server: it can damage and rewrite files, and go away. */
export class Relay {
  /** Paths, of which one byte in the middle arrives changed. */
  readonly damaged = new Set<string>();
  /** What arrives in place of a text, by its path. */
  readonly rewritten = new Map<string, (text: string) => string>();
  /** Paths that nobody answers. */
  readonly silent = new Set<string>();
  /** Paths that are answered when something has happened. */
  readonly held = new Map<string, Promise<void>>();
  /** The paths that were asked for so far. */
  readonly asked: string[] = [];
  /** Bytes of bodies that were sent, by path. */
  readonly sent = new Map<string, number>();
  readonly #server: Server;

  private constructor(target: string) {
    this.#server = createServer(async ({ url = "/", headers }, response) => {
      const { pathname } = new URL(url, target);
      this.asked.push(pathname);
      if (this.silent.has(pathname)) {
        response.destroy();
        return;
      }
      const held = headers["if-none-match"];
      await this.held.get(pathname);
      // What is rewritten and damaged is the text itself.
      const answer = await fetch(new URL(url, target), {
        headers: { "accept-encoding": "identity", ...(held && { "if-none-match": held }) },
      });
      const sent = Buffer.from(await answer.arrayBuffer());
      const rewrite = this.rewritten.get(pathname);
      const body = rewrite ? Buffer.from(rewrite(sent.toString())) : sent;
      if (this.damaged.has(pathname)) {
        const middle = body.length >> 1;
        body[middle] = (body[middle] ?? 0) ^ 1;
      }
      this.sent.set(pathname, (this.sent.get(pathname) ?? 0) + body.length);
      const { "content-length": _, ...known } = Object.fromEntries(answer.headers);
      response.writeHead(answer.status, { ...known, "content-length": body.length }).end(body);
    });
  }

  /** @param target  the server's address; ends in a slash */
  static async to(target: string): Promise<Relay> {
    const relay = new Relay(target);
    relay.#server.listen(0, "127.0.0.1");
    await once(relay.#server, "listening");
    return relay;
  }

  /** Under another name of this machine, which browsers do not trust over plain HTTP. Ends in a slash. */
  urlAt(host: string): string {
    return `http://${host}:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Ends in a slash. */
  get url(): string {
    return this.urlAt("127.0.0.1");
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
