/**
 * Keeps the page for when there is no network. The build puts in the files that belong to it; images are kept by the page
 * itself, and a run store is never kept.
 */
const FILES = "%FILES%";
const CACHE = "%CACHE%";
/** Files whose names change with their content. */
const LASTING = "assets/";
/** Kept by others, or not at all. */
const OTHERS = ["data/", "api/"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith("pairlab-page-") && name !== CACHE;
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
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}
