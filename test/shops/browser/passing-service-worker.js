// Service worker that passes on what its page asks of its own site, and with `?all` also what it asks of others. With `?own`
// it answers what others are asked for itself.
const options = new URLSearchParams(location.search);
globalThis.addEventListener('install', () => globalThis.skipWaiting());
globalThis.addEventListener('activate', (event) => event.waitUntil(globalThis.clients.claim()));
globalThis.addEventListener('fetch', (event) => {
  const isOwn = new URL(event.request.url).origin === location.origin;
  if (isOwn || options.has('all')) event.respondWith(fetch(event.request));
  else if (options.has('own')) event.respondWith(Response.json({ id: 1 }));
});
