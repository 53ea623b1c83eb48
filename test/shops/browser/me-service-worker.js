// Service worker that calls /v2/user/me for the page. Requests from here belong to no tab.
importScripts('/me-worker.js');
globalThis.addEventListener('install', () => globalThis.skipWaiting());
globalThis.addEventListener('activate', (event) => event.waitUntil(globalThis.clients.claim()));
