/**
 * Keeps the page for when there is no network. The build puts in the files that belong to it; images are kept by the page
 * itself, and a run store is never kept.
 */
const FILES = "%FILES%";
/** Sites under other paths of the same origin have caches too. No path has a space in it: no site's name begins another's. */
const OWN = `pairlab-page ${new URL(self.registration.scope).pathname} `;
const CACHE = `${OWN}%BUILD%`;
/** Files whose names change with their content. */
const LASTING = "assets/";
/** Kept by others, or not at all. */
const OTHERS = ["data/", "api/"];

self.addEventListener("install", (event) => {
  // What the browser has kept of an earlier build is no part of this one.
  const requests = FILES.map((file) => new Request(file, { cache: "reload" }));
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
  // The page's relative addresses hold at its own address alone. The part after # stays as it was.
  return Response.redirect(self.registration.scope);
}

/** An answer that cannot be kept, as where the disk is full, is an answer. */
async function keep(request, response) {
  try {
    await (await caches.open(CACHE)).put(request, response);
  } catch {}
}
