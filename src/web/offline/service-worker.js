/**
 * Keeps the page for times without a connection. The build inserts the names of its files. The page itself keeps the images. A run
 * store is never kept.
 */
const FILES = "%FILES%";
/** Sites under other paths of the same origin have caches too. Paths have no spaces, so no site's name begins with another's. */
const OWN = `pairlab-page ${new URL(self.registration.scope).pathname} `;
const CACHE = `${OWN}%BUILD%`;
/** Files whose names change with their content. */
const LASTING = "assets/";
/** Paths that are kept by the page, or not at all. */
const OTHERS = ["data/", "api/"];

self.addEventListener("install", (event) => {
  // The browser's own cache may still have files of an earlier build, but for those whose names would be others.
  const requests = FILES.map((file) => new Request(file, { cache: file.startsWith(LASTING) ? "default" : "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(OWN) && name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = request.url.split(/[?#]/, 1)[0].slice(self.registration.scope.length);
  const isOurs = request.method === "GET" && request.url.startsWith(self.registration.scope);
  if (!isOurs || OTHERS.some((folder) => path.startsWith(folder))) return;
  event.respondWith(path.startsWith(LASTING) ? keptFirst(request) : networkFirst(request));
});

async function keptFirst(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function networkFirst(request) {
  let response;
  try {
    response = await fetch(request);
  } catch (error) {
    const kept = await keptFor(request);
    if (kept) return kept;
    throw error;
  }
  if (response.ok) await keep(request, response.clone());
  return response;
}

async function keptFor(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept || request.mode !== "navigate" || !(await cache.match("./"))) return kept;
  // The page's relative addresses are right only at its own address. The part after # is unchanged.
  return Response.redirect(self.registration.scope);
}

/** An answer that cannot be kept, for example because the disk is full, is still returned. */
async function keep(request, response) {
  try {
    await (await caches.open(CACHE)).put(request, response);
  } catch {}
}
