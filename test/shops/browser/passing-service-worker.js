// Service worker that passes on what its pages ask for, as those of many sites do. Requests from here belong to no tab.
importScripts('/me-service-worker.js');
globalThis.addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));
