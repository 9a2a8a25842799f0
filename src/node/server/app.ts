import { Hono } from "hono";
import { inShort } from "../../core/given.js";
import { isExhausted } from "../errors.js";
import type { RunStore } from "../runs/store.js";
import { Busy } from "./busy.js";
import { onlyHosts, onlyReading, securityHeaders } from "./guard.js";
import { type ServedImages, type ServedProject, siteManifest } from "./images.js";
import { gzippable, jsonResource, type Resource, refuse, respond } from "./resource.js";
import { runsApi, type StoreListing } from "./runs-api.js";

/** What is served. */
export interface Site {
  /** The built page's files, by their paths. */
  readonly page: ReadonlyMap<string, Resource>;
  /** The files need not be ready yet: only requests for them wait. */
  readonly images: Pick<ServedImages, "described" | "files" | "first"> & {
    readonly identity: { readonly name: string };
  };
  readonly project?: ServedProject;
  readonly store: RunStore;
  /** Of that store. */
  readonly listing: StoreListing;
  /** Whether requests with that Host header are answered. */
  readonly isAllowedHost: (header: string) => boolean;
}

/** The page's server: its files, `site.json`, the images, and the run store under `api/runs`. */
export function siteApp({ page, images, project, store, listing, isAllowedHost }: Site): Hono {
  const { identity, described } = images;
  const whole = Promise.all([images.files, images.first]);
  const manifest = whole.then(([files, first]) => {
    const found = siteManifest(identity.name, files, "api/runs", described, project, first);
    return gzippable(jsonResource(`${JSON.stringify(found, null, 2)}\n`));
  });
  const data = whole.then(
    ([files, first]) =>
      new Map(
        [...files, ...(first ? [first] : [])].map(({ file, bytes }): [string, Resource] => [
          file.path,
          { body: bytes, type: "application/gzip", etag: `"${file.sha256}-${file.bytes}"` },
        ]),
      ),
  );
  // A request for them reports the error.
  for (const later of [manifest, data]) later.catch(() => {});

  const app = new Hono()
    .use(securityHeaders, onlyHosts(isAllowedHost), onlyReading)
    .route("/api/runs", runsApi(store, listing))
    .get("/site.json", async (c) => respond(c, await manifest))
    .get("/*", async (c) => {
      const path = c.req.path === "/" ? "index.html" : c.req.path.slice(1);
      const resource = page.get(path) ?? (path.startsWith("data/") ? (await data).get(path) : undefined);
      return resource ? respond(c, resource) : c.notFound();
    });
  app.notFound((c) => refuse(c, 404, `there is nothing at ${inShort(c.req.path)}`));
  app.onError((error, c) => refuse(c, error instanceof Busy || isExhausted(error) ? 503 : 500, error.message));
  return app;
}
