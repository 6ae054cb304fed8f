// The service worker of an edition in one language: what was released is readable without a net.
// Only what is public is kept: an answer for one reader never says so.
const { name, version, pages, files, offline, static: fixed } = self.KEPT;
const OURS = `programme:${name}:`;
const CURRENT = OURS + version;
const VISITED = `${OURS}visited`;
const PATIENCE = 4000; // milliseconds for the net before what is kept of the page is shown
const MOST_VISITED = 200;

const isPublic = (answer) => answer.ok && answer.type === "basic" && /\bpublic\b/.test(answer.headers.get("Cache-Control") || "");
const pathOf = (url) => new URL(url, location.origin).pathname;

// What a page is made of: style sheets, scripts, pictures of ours.
function parts(html) {
  const found = html.matchAll(/(?:href|src)="([^"#]+)/g);
  return [...new Set([...found].map(([, url]) => url).filter((url) => url.startsWith(fixed)))];
}

async function fill() {
  const cache = await caches.open(CURRENT);
  const wanted = new Set();
  for (const url of [...pages, ...files]) {
    const answer = await fetch(url, { credentials: "omit", cache: "no-cache" });
    if (!isPublic(answer)) continue;
    if (pages.includes(url)) parts(await answer.clone().text()).forEach((one) => wanted.add(one));
    await cache.put(url, answer);
  }
  await Promise.all([...wanted].map((url) => cache.add(url).catch(() => {})));
}

async function clear() {
  for (const key of await caches.keys()) {
    if (key.startsWith(OURS) && key !== CURRENT) await caches.delete(key);
  }
  await self.clients.claim();
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(clear()));

async function remember(request, answer) {
  const cache = await caches.open(VISITED);
  await cache.put(request, answer);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST_VISITED))) await cache.delete(old);
}

async function kept(request) {
  const path = pathOf(request.url);
  const options = { ignoreVary: true };
  for (const key of [VISITED, CURRENT]) {
    const cache = await caches.open(key);
    const found = (await cache.match(request, options)) || (await cache.match(path, options));
    if (found) return found;
  }
  return undefined;
}

// What stands for a page that is not kept.
async function instead(request) {
  const page = request.mode === "navigate" && (await (await caches.open(CURRENT)).match(offline, { ignoreVary: true }));
  return page || Response.error();
}

// The net first, for a while; then what is kept, and the net after all where nothing is.
async function fresh(event) {
  const { request } = event;
  const asked = fetch(request).then((answer) => {
    if (isPublic(answer)) event.waitUntil(remember(request, answer.clone()));
    return answer;
  });
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  try {
    const answer = await Promise.race([asked, late.then(() => null)]);
    if (answer) return answer;
  } catch {
    return (await kept(request)) || instead(request);
  }
  // The net is slow: a page that is not kept has to wait for it.
  return (await kept(request)) || asked.catch(() => instead(request));
}

async function asset(request) {
  const cache = await caches.open(CURRENT);
  const found = await cache.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && answer.type === "basic") await cache.put(request, answer.clone());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith(fixed)) event.respondWith(asset(request));
  else if (request.mode === "navigate" && url.pathname.startsWith(new URL(self.registration.scope).pathname)) event.respondWith(fresh(event));
  else if (files.includes(url.pathname)) event.respondWith(fresh(event));
});
