import { setTimeout } from 'node:timers/promises';
import type { BrowserContext, Request, Response } from '@playwright/test';
import type { Kakao } from '../../test/emulator/kakao.ts';
import { KAKAO_HOSTS } from '../emulator/kakao-server.ts';

type Headers = { name: string; value: string }[];

/** An entry of a HAR, as far as it is read: see utils/capture/har/entry/har-entry.ts. */
export interface Entry {
  startedDateTime: string;
  time: number;
  pageref: string | null;
  _resourceType: string;
  /** The test itself answered, in Kakao's place. */
  _wasFulfilled?: true;
  request: { method: string; url: string; headers: Headers; postData?: { text: string } };
  response: {
    status: number;
    headers: Headers;
    redirectURL: string;
    content: { mimeType: string; text?: string };
  };
}

/** What a browser context asked for, by Kakao's clock. */
export interface Recording {
  /** What was recorded so far, when all of it has been read. */
  entries: () => Promise<Entry[]>;
}

/** Records a context from now on. */
export function recordContext(context: BrowserContext, kakao: Kakao): Recording {
  const reading: Promise<Entry | null>[] = [];
  const pages = new Map<unknown, string>();
  const pageOf = (request: Request): string | null => {
    // A service worker's requests are of no page.
    if (request.serviceWorker()) return null;
    const page = request.frame().page();
    const name = pages.get(page) ?? `page-${pages.size + 1}`;
    pages.set(page, name);
    return name;
  };
  const offsetNow = () => kakao.clock.now() - Date.now();
  context.on('response', (response) => {
    reading.push(readEntry(response, pageOf, offsetNow()).catch(() => null));
  });
  return {
    entries: async () => (await Promise.all(reading)).filter((entry) => entry !== null),
  };
}

async function readEntry(
  response: Response,
  pageOf: (request: Request) => string | null,
  offset: number,
): Promise<Entry> {
  const request = response.request();
  // Before the first wait: a page that closes takes its frame along.
  const pageref = pageOf(request);
  const answeredAt = Date.now();
  const { startTime } = request.timing();
  const startedAt = startTime > 0 ? startTime : answeredAt;
  const [asked, answered, address] = await Promise.all([
    request.headersArray(),
    response.headersArray(),
    response.serverAddr().catch(() => undefined),
  ]);
  const body = isKakao(request.url()) ? await textOf(response) : null;
  const form = request.postData();
  const valueOf = (name: string) =>
    answered.find((header) => header.name.toLowerCase() === name)?.value ?? '';
  return {
    startedDateTime: new Date(startedAt + offset).toISOString(),
    time: Math.max(0, answeredAt - startedAt),
    pageref,
    _resourceType: request.resourceType(),
    // What a route of the test answers comes from no address.
    ...(address === null && isKakao(request.url()) ? { _wasFulfilled: true } : {}),
    request: {
      method: request.method(),
      url: request.url(),
      headers: asked,
      ...(form === null ? {} : { postData: { text: form } }),
    },
    response: {
      status: response.status(),
      headers: answered,
      redirectURL: valueOf('location'),
      content: { mimeType: valueOf('content-type'), ...(body === null ? {} : { text: body }) },
    },
  };
}

const isKakao = (url: string): boolean => {
  const { host } = new URL(url);
  return KAKAO_HOSTS.some((known) => known === host);
};

/** A body that its page leaves unread never ends for us either: so long, in ms, we wait for it. */
const BODY_PATIENCE_MS = 2000;

/** The body of a response; null where there is none, as in a redirect, where its page is gone or leaves it unread. */
async function textOf(response: Response): Promise<string | null> {
  if (response.status() >= 300 && response.status() < 400) return null;
  const text = response.text().catch(() => null);
  return Promise.race([text, setTimeout(BODY_PATIENCE_MS, null, { ref: false })]);
}
