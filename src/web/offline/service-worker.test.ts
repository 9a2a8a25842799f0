import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { beforeEach, expect, test } from "vitest";

const SOURCE = readFileSync(new URL("./service-worker.js", import.meta.url), "utf8");
const ORIGIN = "https://host.example";

interface Asked {
  readonly url: string;
  readonly method: string;
  readonly mode: string;
  readonly cache: string;
}
type Event = { readonly request?: Asked; waitUntil?(end: Promise<unknown>): void; respondWith?(answer: unknown): void };

/** What an origin's sites have kept: by cache, then by address. */
let kept: Map<string, Map<string, Response>>;
/** What the network says; an error where there is none. */
let network: (request: Asked) => Response;
let isFull: boolean;
let fetched: Asked[];
beforeEach(() => {
  kept = new Map();
  network = ({ url }) => new Response(`new ${url}`);
  isFull = false;
  fetched = [];
});

/** A service worker of one build, at a path of the origin. */
function serviceWorker(path: string, build: string) {
  const scope = `${ORIGIN}${path}`;
  const listeners = new Map<string, (event: Event) => void>();
  const asked = (of: string | Asked, { cache = "default" } = {}): Asked =>
    typeof of === "string" ? { url: new URL(of, scope).href, method: "GET", mode: "cors", cache } : of;
  const fetch = async (request: Asked) => {
    fetched.push(request);
    return network(request);
  };
  const open = async (name: string) => {
    const files = kept.get(name) ?? new Map<string, Response>();
    kept.set(name, files);
    return {
      addAll: async (requests: (string | Asked)[]) => {
        for (const request of requests.map((each) => asked(each))) files.set(request.url, await fetch(request));
      },
      match: async (of: string | Asked, { ignoreSearch = false } = {}) => {
        const { url } = asked(of);
        return files.get(ignoreSearch ? url.replace(/\?.*/, "") : url)?.clone();
      },
      put: async ({ url }: Asked, response: Response) => {
        if (isFull) throw new Error("QuotaExceededError");
        files.set(url, response);
      },
    };
  };
  runInNewContext(
    SOURCE.replace('"%FILES%"', '["./", "assets/index-B2x_9Qa1.js", "site.json"]').replace("%BUILD%", build),
    {
      self: {
        registration: { scope },
        addEventListener: (type: string, listener: (event: Event) => void) => listeners.set(type, listener),
      },
      caches: { open, keys: async () => [...kept.keys()], delete: async (name: string) => kept.delete(name) },
      Request: function Request(file: string, init: { cache: string }) {
        return asked(file, init);
      },
      Response,
      URL,
      fetch,
    },
  );
  const happen = async (type: "install" | "activate") => {
    let end: Promise<unknown> | undefined;
    listeners.get(type)?.({
      waitUntil: (promise) => {
        end = promise;
      },
    });
    await end;
  };
  return {
    start: async () => {
      await happen("install");
      await happen("activate");
    },
    /** Undefined where it leaves the answer to the browser. */
    answer: async (file: string, mode = "cors"): Promise<Response | undefined> => {
      let response: unknown;
      listeners.get("fetch")?.({
        request: { ...asked(file), mode },
        respondWith: (promise) => {
          response = promise;
        },
      });
      return (await response) as Response | undefined;
    },
  };
}

const noNetwork = () => {
  throw new TypeError("Failed to fetch");
};

test("a new build replaces only its own site's earlier one", async () => {
  const paths = ["/", "/a/", "/a/b/", "/b/"];
  for (const path of paths) await serviceWorker(path, "1").start();
  kept.set("images", new Map());
  const before = [...kept.keys()];
  await serviceWorker("/a/", "2").start();
  const isGone = (name: string) => !kept.has(name);
  expect(before.filter(isGone)).toEqual([before[paths.indexOf("/a/")]]);
  expect(kept.size).toBe(before.length);
});

test("what the browser's own cache has does not get into a build's", async () => {
  await serviceWorker("/a/", "1").start();
  expect(fetched.map(({ url, cache }) => [url, cache])).toEqual([
    [`${ORIGIN}/a/`, "reload"],
    // Its name has its hash, and the page that is open has just fetched it.
    [`${ORIGIN}/a/assets/index-B2x_9Qa1.js`, "default"],
    [`${ORIGIN}/a/site.json`, "reload"],
  ]);
});

test("without a network, all addresses of the page lead to the page", async () => {
  const worker = serviceWorker("/a/", "1");
  await worker.start();
  network = noNetwork;
  expect(await (await worker.answer("./?from=mail", "navigate"))?.text()).toBe(`new ${ORIGIN}/a/`);
  for (const file of ["index.html", "deep/in/it"]) {
    const response = await worker.answer(file, "navigate");
    expect([response?.status, response?.headers.get("location")]).toEqual([302, `${ORIGIN}/a/`]);
  }
  await expect(worker.answer("other.json")).rejects.toThrow("Failed to fetch");
});

test("without a network and without the page, nothing leads in circles", async () => {
  const worker = serviceWorker("/a/", "1");
  network = noNetwork;
  await expect(worker.answer("./", "navigate")).rejects.toThrow("Failed to fetch");
  await expect(worker.answer("index.html", "navigate")).rejects.toThrow("Failed to fetch");
});

test("what the network has comes first, and is kept for when there is none", async () => {
  const worker = serviceWorker("/a/", "1");
  await worker.start();
  network = () => new Response("newer");
  expect(await (await worker.answer("site.json"))?.text()).toBe("newer");
  network = noNetwork;
  expect(await (await worker.answer("site.json"))?.text()).toBe("newer");
});

test("a disk that is full takes no answer away", async () => {
  const worker = serviceWorker("/a/", "1");
  await worker.start();
  isFull = true;
  network = () => new Response("newer");
  expect(await (await worker.answer("site.json"))?.text()).toBe("newer");
});

test("images and runs are left to others", async () => {
  const worker = serviceWorker("/a/", "1");
  for (const file of ["data/train-images-idx3-ubyte.gz", "api/runs", "/b/site.json"])
    expect(await worker.answer(file)).toBeUndefined();
});
