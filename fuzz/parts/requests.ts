import { gzipSync } from "node:zlib";
import { RunStore } from "../../src/node/runs/store.js";
import { siteApp } from "../../src/node/server/app.js";
import { isOwnHost } from "../../src/node/server/hosts.js";
import { etagOf, type Resource } from "../../src/node/server/resource.js";
import { StoreView } from "../../src/node/server/store-view.js";
import { mutateText } from "../mutate.js";
import { decode, encode, type Part, require, requireLine } from "../part.js";
import type { Random } from "../random.js";
import { realRuns, smallJob } from "../runs.js";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const page = new Map<string, Resource>(
  [
    ["index.html", "<p>page", "text/html"],
    ["assets/index-B2x_9Qa1.js", "let a", "text/javascript"],
  ].map(([path = "", body = "", type = ""]) => [
    path,
    { body: new TextEncoder().encode(body), type, etag: etagOf(body) },
  ]),
);
const zipped = new Uint8Array(gzipSync("images"));
const DATA = "data/train-images-idx3-ubyte.gz";
const file = {
  role: "train images",
  name: "train-images-idx3-ubyte",
  path: DATA,
  bytes: zipped.length,
  size: 6,
  sha256: "0".repeat(64),
} as const;

/** What is served, at most; 200 for anything else is a leak. */
const SERVED =
  /^\/(index\.html|assets\/index-B2x_9Qa1\.js|site\.json|data\/train-images-idx3-ubyte\.gz|api\/runs\/?|api\/runs\/[0-9a-f]{16}(\/weights)?)?$/;
const SAFE = ["x-content-type-options", "referrer-policy", "cross-origin-resource-policy"];
/** What is no document, and so needs no policy. */
const PLAIN = /^(text\/css|application\/(gzip|wasm|octet-stream))\b/;

/** What a server is asked over HTTP, behind the parsing of Node.js itself. */
export const requestsPart: Part = {
  name: "requests",
  weight: 2,
  async open(folder) {
    const store = new RunStore(folder);
    for (const run of realRuns()) await store.save(run);
    const app = siteApp({
      page,
      images: { identity: { name: "fuzz" }, files: Promise.resolve([{ file, bytes: zipped }]) },
      store,
      listing: new StoreView(store),
      isAllowedHost: (header) => isOwnHost(header, "127.0.0.1"),
    });
    return {
      make: (random) => encode(JSON.stringify(asked(random))),
      async check(input) {
        const { method, path, headers } = JSON.parse(decode(input)) as Asked;
        let request: Request;
        try {
          request = new Request(`http://localhost:8414${path}`, { method, headers });
        } catch {
          // Node.js refuses it before.
          return "refused";
        }
        const response = await app.fetch(request);
        const body = await response.text();
        const { status } = response;
        require([200, 304, 403, 404, 405].includes(status), `status ${status}: ${body.slice(0, 200)}`);
        const isPlain = PLAIN.test(response.headers.get("content-type") ?? "");
        require(isPlain || response.headers.has("content-security-policy"), "no content-security-policy");
        for (const name of SAFE) require(response.headers.has(name), `no ${name}`);
        require(!response.headers.has("access-control-allow-origin"), "open to other sites");
        const isOwn = OWN.includes(headers.host ?? "");
        require((status === 403) === !isOwn, `status ${status} for ${headers.host}`);
        if (status >= 400) {
          const line = path.startsWith("/api/") && body.startsWith("{") ? JSON.parse(body).error : body.trimEnd();
          if (request.method !== "HEAD") requireLine(line);
          return "refused";
        }
        const { pathname } = new URL(request.url);
        require(SERVED.test(pathname), `served ${pathname}`);
        require(["GET", "HEAD"].includes(request.method), `answered ${method}`);
        const known = headers["if-none-match"] ?? "";
        const etag = response.headers.get("etag") ?? "";
        require(etag !== "", "no ETag");
        const tags = known.split(",").map((each) => each.trim().replace(/^W\//, ""));
        require((status === 304) === (tags.includes(etag) || tags.includes("*")), `${status} for ${known}`);
        if (status === 304) require(body === "", "304 with a body");
        return "accepted";
      },
    };
  },
};

const OWN = ["localhost", "localhost:8414", "127.0.0.1:80", "[::1]:8414", "LOCALHOST", "a.localhost"];
const HOSTS = [
  ...OWN,
  ...["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:8414", "localhost@evil"],
  ...["127.0.0.1/evil", "[::2]", "notlocalhost", "127.evil.example", "localhost evil", "192.168.0.1", "::1"],
];
const ID = smallJob(0).id;
const PATHS = [
  ...["/", "/index.html", "/assets/index-B2x_9Qa1.js", "/site.json", `/${DATA}`, "/api/runs", `/api/runs/${ID}`],
  ...[`/api/runs/${ID}/weights`, "/api/runs/latest", "/api/runs/", "/api", "/data", "/assets/", "/..", "//etc/passwd"],
  ...["/assets/../../package.json", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%00", "/%zz", "/\\..\\"],
  ...[`/api/runs/${ID}/..%2f..%2fstore.json`, `/api/runs/${ID}/run.json`, `/api/runs/%2e%2e%2f${ID}`, "/__proto__"],
  ...["/constructor", "/assets/__proto__", `/api/runs/${"a".repeat(3000)}`, "/?a=b", "/site.json?x", "/site.json#x"],
];

function asked(random: Random): Asked {
  const path = random.pick(PATHS);
  const host = random.chance(0.8) ? random.pick(OWN) : random.pick(HOSTS);
  return {
    method: random.chance(0.8)
      ? "GET"
      : random.pick(["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "XYZ"]),
    path: random.chance(0.3) ? `/${mutateText(random, path.slice(1))}` : path,
    headers: {
      host,
      ...(random.chance(0.3) && {
        "if-none-match": random.pick(["*", '"x"', 'W/"x", *', ",,", '"', "a".repeat(5000)]),
      }),
      ...(random.chance(0.1) && { range: "bytes=0-1" }),
      ...(random.chance(0.1) && { origin: "http://evil.example" }),
      ...(random.chance(0.1) && { "x-forwarded-host": "evil.example", "x-http-method-override": "DELETE" }),
    },
  };
}
