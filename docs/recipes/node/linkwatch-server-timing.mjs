/**
 * Linkwatch for Kakao Login: what this server asked of Kakao, told in the `Server-Timing` response header.
 *
 *   LINKWATCH_SERVER_TIMING=1 node --import ./linkwatch-server-timing.mjs server.js
 *
 * Works under any framework that answers over node:http or node:https. Sees calls made with node:http and node:https
 * (axios, got, passport, node-fetch …) and with fetch: undici, Auth.js, ky … Node 20 or later, no dependencies.
 * Without LINKWATCH_SERVER_TIMING=1 it does nothing. Meant for test environments.
 *
 * The header holds method, path and status of each call, an error code, `has_signed_up`, `connected_at` and whether it
 * names its user, as with the admin key; no query, no token, no code, nothing of the user.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** Proxies often refuse more than 4 KB of headers, so a report has an end. */
const MOST_CALLS = 20;
const MOST_BYTES = 65_536;

const inflate = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};
/** What is known of one incoming request, here and in everything that runs on its behalf. */
const current = new AsyncLocalStorage();
const visits = new WeakMap();
const calls = new WeakMap();

const loaded = Symbol.for('linkwatch.server-timing');
if (process.env.LINKWATCH_SERVER_TIMING === '1' && !globalThis[loaded]) {
  globalThis[loaded] = true;
  watchIncoming();
  watchHttp();
  watchFetch();
}

function watchIncoming() {
  subscribe('http.server.request.start', ({ request, response }) => {
    const visit = { calls: [] };
    visits.set(response, visit);
    current.enterWith(visit);
    // Handlers of `data` and `end` would otherwise run outside of the request.
    const { emit } = request;
    request.emit = (...args) => current.run(visit, () => Reflect.apply(emit, request, args));
  });
  const { writeHead } = ServerResponse.prototype;
  ServerResponse.prototype.writeHead = function (...args) {
    const visit = visits.get(this);
    if (visit?.calls && !this.headersSent) {
      const value = headerOf(visit.calls);
      // Too late for whatever comes after.
      visit.calls = null;
      if (value) addHeader(this, args, value);
    }
    return Reflect.apply(writeHead, this, args);
  };
}

function watchHttp() {
  const begin = ({ request }) => {
    if (!calls.has(request)) note(request, request.host, request.method, request.path);
  };
  subscribe('http.client.request.created', begin);
  // Node 20 has no `created`.
  subscribe('http.client.request.start', begin);
  subscribe('http.client.response.finish', ({ request, response }) => {
    const call = calls.get(request);
    if (!call) return;
    answered(call, response.statusCode, response.headers['content-encoding']);
    const { push } = response;
    // Looks at the chunks on their way to the application; a `data` listener would start the stream too early.
    response.push = (chunk, encoding) => {
      keep(call, chunk);
      return Reflect.apply(push, response, [chunk, encoding]);
    };
  });
}

function watchFetch() {
  subscribe('undici:request:create', ({ request }) => {
    const call = note(request, new URL(request.origin).hostname, request.method, request.path);
    const { onData } = request;
    // undici before 7 has no channel for the body.
    if (call && typeof onData === 'function')
      request.onData = (chunk) => {
        keep(call, chunk);
        return Reflect.apply(onData, request, [chunk]);
      };
  });
  subscribe('undici:request:headers', ({ request, response }) => {
    const call = calls.get(request);
    if (!call) return;
    const flat = response.headers.map(String);
    const at = flat.findIndex((h, i) => i % 2 === 0 && h.toLowerCase() === 'content-encoding');
    answered(call, response.statusCode, at < 0 ? null : flat[at + 1]);
  });
  subscribe('undici:request:bodyChunkReceived', ({ request, chunk }) => {
    const call = calls.get(request);
    if (call) keep(call, chunk);
  });
}

/** Starts the record of a call to Kakao, on the visit it is made for. Its status is 0 until it is answered. */
function note(request, host, method, path) {
  const visit = current.getStore();
  if (!visit?.calls || visit.calls.length >= MOST_CALLS) return null;
  const [bare, query = ''] = String(path).split('?');
  const name = String(host).toLowerCase();
  if (
    name !== 'kapi.kakao.com' &&
    !(name === 'kauth.kakao.com' && /^\/+oauth\/token\/?$/.test(bare))
  )
    return null;
  const call = {
    method,
    path: bare,
    // Whether a field that the answer lacks is lacking at Kakao: `property_keys` asks for some fields alone.
    isWhole: method === 'GET' && !query.includes('property_keys'),
    request,
    query,
    from: performance.now(),
    status: 0,
    ms: 0,
    chunks: [],
    bytes: 0,
  };
  visit.calls.push(call);
  calls.set(request, call);
  return call;
}

function answered(call, status, encoding) {
  call.status = status;
  call.ms = Math.round(performance.now() - call.from);
  call.encoding = encoding;
}

function keep(call, chunk) {
  // The same chunk may come by two ways.
  if (!Buffer.isBuffer(chunk) || call.chunks.at(-1) === chunk) return;
  call.bytes += chunk.length;
  if (call.bytes <= MOST_BYTES) call.chunks.push(chunk);
}

function bodyOf({ chunks, bytes, encoding }) {
  if (bytes === 0 || bytes > MOST_BYTES) return {};
  try {
    const raw = Buffer.concat(chunks);
    const decode = inflate[String(encoding).toLowerCase()];
    const body = JSON.parse(String(decode ? decode(raw, { maxOutputLength: MOST_BYTES }) : raw));
    return body && typeof body === 'object' ? body : {};
  } catch {
    return {};
  }
}

/** Whether a call names its user, as calls with the admin key do, so that it need not be about who is logged in. */
function namesUser({ request, query }) {
  // node:http has what it sent as text, undici as text or as a list of names and values.
  const sent = String(request._header ?? request.headers);
  return /(^|&)target_id=/.test(query) || /(^|[\n,])authorization(: *|,)kakaoak(\s|$)/i.test(sent);
}

/** The ids in the answers to calls that carried a token: those of whoever is logged in. */
function ownIdsOf(made) {
  const paths = ['/v2/user/me', '/v1/user/access_token_info'];
  const own = made.filter((call) => paths.includes(call.path) && !namesUser(call));
  return own.flatMap((call) => bodyOf(call).id ?? []);
}

/** Only words of a known shape leave the body. */
function wordsOf(call, ownIds) {
  const body = bodyOf(call);
  const isOfOther = namesUser(call) && !ownIds.includes(body.id);
  const { code, error_code: koe, has_signed_up: signedUp, connected_at: connectedAt } = body;
  const words = [];
  if (call.status >= 400) {
    if (Number.isInteger(code) && code < 0) words.push(`code=${code}`);
    else if (/^KOE\d{3,4}$/.test(koe)) words.push(`code=${koe}`);
  } else if (call.path === '/v2/user/me' && !isOfOther) {
    if (typeof signedUp === 'boolean') words.push(`has_signed_up=${signedUp}`);
    else if (call.isWhole && 'id' in body && !('has_signed_up' in body))
      words.push('has_signed_up=none');
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(connectedAt))
      words.push(`connected_at=${connectedAt}`);
  }
  if (isOfOther) words.push('target=other');
  return words;
}

/** The path, with `~` for every segment that is not plainly a word: it could be an id. */
function wordedPath(path) {
  const word = /^([a-z][a-z_-]{0,30}\d{0,2})?$/i;
  return path
    .split('/')
    .map((segment) => (word.test(segment) ? segment : '~'))
    .join('/');
}

function headerOf(made) {
  const ownIds = ownIdsOf(made);
  return made
    .map((call) => {
      const words = wordsOf(call, ownIds);
      const desc = [call.method, wordedPath(call.path), call.status, ...words].join(' ');
      return `kakao;desc="${desc}";dur=${call.ms}`;
    })
    .join(', ');
}

/** Adds the header to what `writeHead` is about to write; whatever the application set itself stays. */
function addHeader(response, args, value) {
  const name = 'Server-Timing';
  const isIt = (key) => String(key).toLowerCase() === 'server-timing';
  const last = args.length - 1;
  const given = args[last];
  if (last < 1 || typeof given !== 'object' || given === null) {
    response.appendHeader(name, value);
  } else if (Array.isArray(given)) {
    const nested = Array.isArray(given[0]);
    const named = given.some((h, i) => (nested ? isIt(h[0]) : i % 2 === 0 && isIt(h)));
    if (!named && response.hasHeader(name)) response.appendHeader(name, value);
    else args[last] = nested ? [...given, [name, value]] : [...given, name, value];
  } else {
    const key = Object.keys(given).find(isIt);
    if (key) args[last] = { ...given, [key]: [given[key], value].flat() };
    else if (response.hasHeader(name)) response.appendHeader(name, value);
    else args[last] = { ...given, [name]: value };
  }
}
