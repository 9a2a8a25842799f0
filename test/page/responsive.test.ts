import { expect, test } from "vitest";
import { usePages } from "./support/pages.js";

declare global {
  /** What the page's own thread made that computes, in the page. */
  var made: string[];
}

const pages = usePages({ images: "few" });

/** Notes each instance of WebAssembly that a thread makes, and each synchronous compilation. */
function note(): void {
  globalThis.made = [];
  const watched = (name: "Instance" | "Module") =>
    new Proxy(WebAssembly[name], {
      construct(of, given, target) {
        globalThis.made.push(name);
        return Reflect.construct(of, given, target);
      },
    });
  const { instantiate, instantiateStreaming } = WebAssembly;
  Object.assign(WebAssembly, {
    Instance: watched("Instance"),
    Module: watched("Module"),
    instantiate: (...given: Parameters<typeof instantiate>) => {
      globalThis.made.push("instantiate");
      return instantiate(...given);
    },
    instantiateStreaming: (...given: Parameters<typeof instantiateStreaming>) => {
      globalThis.made.push("instantiateStreaming");
      return instantiateStreaming(...given);
    },
  });
}

test("while networks train, answer and are measured, the page's own thread runs no kernels", async () => {
  const visitor = await pages.visitor();
  await visitor.page.evaluateOnNewDocument(note);
  await visitor.open("#/train?networks=weight-sharing-auxiliary&seed=3&rounds=1&epochs=1&pairs=100");
  await visitor.train();
  await visitor.press("Draw", "link");
  await visitor.sees("Draw both digits.");
  await visitor.press("Look inside", "link");
  await visitor.sees("Which digits it confuses");
  await visitor.until(() => document.querySelectorAll(".worth-plot svg").length === 2);
  expect(await visitor.page.evaluate(() => globalThis.made)).toEqual([]);
  // What notes them would have noted one.
  await visitor.page.evaluate(async () => {
    await WebAssembly.instantiate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  });
  expect(await visitor.page.evaluate(() => globalThis.made)).toEqual(["instantiate"]);
});
