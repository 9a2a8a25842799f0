import type { CDPSession, Page } from "puppeteer-core";

/** What a page and its workers fetch over the network, from now on. */
export class Traffic {
  /** Of answers with their heads, compressed as they came. */
  bytes = 0;
  /** The paths that were asked for. */
  readonly paths: string[] = [];

  private constructor() {}

  static async of(page: Page): Promise<Traffic> {
    const traffic = new Traffic();
    page.on("workercreated", ({ client }) => void traffic.#watch(client).catch(() => {}));
    await traffic.#watch(await page.createCDPSession());
    return traffic;
  }

  async #watch(session: CDPSession): Promise<void> {
    session.on("Network.requestWillBeSent", ({ request }) => this.paths.push(new URL(request.url).pathname));
    session.on("Network.loadingFinished", ({ encodedDataLength }) => {
      this.bytes += encodedDataLength;
    });
    await session.send("Network.enable");
  }
}
