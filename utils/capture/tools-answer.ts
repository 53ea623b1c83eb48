import { objectOf } from '../model/json.ts';
import type { AnswerFact, ApiFact, TokenFact } from '../model/observation.ts';
import { WRONG_ZONE_MS } from '../model/time.ts';
import { originOf } from '../model/url.ts';
import { createApiFact } from './call-facts.ts';
import { headerOf, isCall, type HarEntry } from './har/entry/har-entry.ts';
import { readHarEntry } from './har/entry/read-entry.ts';
import { harApiFact, harTokenFact } from './har/har-call-facts.ts';
import { kakaoAheadBy } from './har/time/clock-ahead.ts';
import type { HashUserId } from './response-body.ts';

/** What the developer tools say of an answer, when it came (epoch ms), and which site (an origin) had asked. */
export interface CapturedAnswer {
  at: number;
  site: string;
  fact: AnswerFact;
}

/** A body as the developer tools give it; `text` is null where they have none. */
export interface AnswerBody {
  text: string | null;
  isBase64: boolean;
}

/** Tells whether a HAR entry is one whose answers are read: an API call, or a token request, of a site that it names. */
export function isAnswerRead(entry: unknown): boolean {
  const read = readHarEntry(entry);
  return read !== null && isCall(read) && siteOf(read) !== null;
}

function siteOf(entry: HarEntry): string | null {
  return originOf(headerOf(entry, 'origin')) ?? originOf(headerOf(entry, 'referer'));
}

/**
 * Reduces a request that the developer tools have finished, a HAR entry without its body, and that body to facts; null
 * where it is not one whose answers are read. Nothing else of either is kept.
 */
export async function captureAnswer(
  entry: unknown,
  body: AnswerBody,
  hash: HashUserId,
): Promise<CapturedAnswer | null> {
  const read = readHarEntry(withBody(entry, body));
  const site = read && siteOf(read);
  if (!read || !site || !isCall(read)) return null;
  return { at: read.done, site, fact: await answerFact(read, hash) };
}

/** The facts of an answer to a token request or an API call. */
async function answerFact(entry: HarEntry, hash: HashUserId): Promise<AnswerFact> {
  const { endpoint, at: sentAt } = entry;
  const answer =
    endpoint === 'token'
      ? tokenAnswer(await harTokenFact(entry, hash))
      : apiAnswer(await harApiFact(entry, false, hash));
  return { ...answer, sentAt, ...(isClockFarOff(entry) ? { connectedAt: null } : {}) };
}

/** Whether the browser's clock is so far off Kakao's that `connected_at` compares with nothing that was recorded. */
function isClockFarOff(entry: HarEntry): boolean {
  return Math.abs(kakaoAheadBy(entry, entry.done) ?? 0) > WRONG_ZONE_MS;
}

/** Of a token request what it was for, its error and its user; `client_id` and redirect URI are known from the login itself. */
function tokenAnswer(token: TokenFact): Omit<AnswerFact, 'sentAt'> {
  const { method, status, grant, error, account } = token;
  const nothingElse = createApiFact({ method, path: '/oauth/token', status, account });
  return { ...apiAnswer(nothingElse), of: 'token', error, ...(grant ? { grant } : {}) };
}

function apiAnswer({ inFrame: _inFrame, ...call }: ApiFact): Omit<AnswerFact, 'sentAt'> {
  return { ...call, type: 'answer', of: 'api', error: null };
}

function withBody(entry: unknown, { text, isBase64 }: AnswerBody): unknown {
  const { response, ...rest } = objectOf(entry);
  const { content, ...answer } = objectOf(response);
  const { mimeType } = objectOf(content);
  const encoding = isBase64 ? 'base64' : undefined;
  return { ...rest, response: { ...answer, content: { mimeType, text, encoding } } };
}
