import { gunzip } from '../har/gunzip.ts';
import { fieldsOf, headerOf, headerValues, readHarEntry, type HarEntry } from '../har/har-entry.ts';
import { harCallFact, isCall } from '../har/har-facts.ts';
import type { HarPage } from '../har/har-page.ts';
import { issuedTokens } from '../har/har-tokens.ts';
import { mayBeMadeUp, tellsKakaoTime } from '../har/made-up-answers.ts';
import type { HashUserId } from '../response-body.ts';
import { secretOf } from '../recorded-secret.ts';
import type { BackEndCall } from './back-end-call.ts';
import { traceOf } from './trace-context.ts';

const NO_PAGE: HarPage = {
  document: false,
  origin: null,
  fromKakao: false,
  inFrame: false,
  site: null,
};

/**
 * Reads a back end's calls to Kakao out of the entries of a HAR that a proxy recorded between the two, and with what
 * requests it handed their tokens to other servers, which may call Kakao unseen. Entries that cannot be read and other
 * calls are passed over; never throws.
 */
export async function readEgress(
  entries: readonly unknown[],
  hash: HashUserId,
): Promise<BackEndCall[]> {
  const calls: BackEndCall[] = [];
  const toOthers: HarEntry[] = [];
  const isTimeTold = tellsKakaoTime(entries);
  for (const value of entries) {
    const entry = readHarEntry(value);
    if (entry && !entry.isToKakao) toOthers.push(entry);
    if (!entry || !isCall(entry)) continue;
    if (entry.gzip) entry.body = await gunzip(entry.gzip);
    const fact = await harCallFact(entry, NO_PAGE, hash);
    if (!fact) continue;
    if (fact.type === 'api' && mayBeMadeUp(entry, NO_PAGE, isTimeTold)) fact.maybeCached = true;
    // When a server's call was sent does not say when the browser sent what led to it.
    const { sentAt: _sentAt, ...told } = fact;
    calls.push({ at: entry.done, fact: told, serving: null, ...linksOf(entry) });
  }
  const tokens = new Set(calls.flatMap((call) => call.tokens));
  const handed = toOthers.flatMap((entry) => handedOn(entry, tokens));
  return [...calls, ...handed].sort((a, b) => a.at - b.at);
}

/** What may be a token. */
const WORD = /[\w-]{16,2000}/g;

/** That a request to another server carries some of these tokens; nothing where it carries none. */
function handedOn(entry: HarEntry, tokens: ReadonlySet<string>): BackEndCall[] {
  const told = [entry.url.search, entry.sentText ?? '', ...headerValues(entry)];
  const words = told.flatMap((text) => text.match(WORD) ?? []);
  const handed = words.filter((word) => tokens.has(word));
  if (!handed.length) return [];
  const fact = { type: 'token-handed' } as const;
  return [{ at: entry.done, fact, serving: null, trace: null, code: null, tokens: handed }];
}

/** What ties a call to others. */
function linksOf(entry: HarEntry): Pick<BackEndCall, 'trace' | 'code' | 'tokens'> {
  const form = fieldsOf(entry);
  return {
    trace: traceOf(headerOf(entry, 'traceparent')),
    code: secretOf(form.get('code')),
    tokens: [entry.bearer, form.get('refresh_token'), ...issuedTokens(entry.body)].flatMap(
      (token) => secretOf(token) ?? [],
    ),
  };
}
