import { gunzip } from '../har/gunzip.ts';
import { fieldsOf, headerOf, readHarEntry, type HarEntry } from '../har/har-entry.ts';
import { harCallFact, isCall } from '../har/har-facts.ts';
import type { HarPage } from '../har/har-page.ts';
import { issuedTokens } from '../har/har-tokens.ts';
import type { HashUserId } from '../response-body.ts';
import { secretOf, type BackEndCall } from './back-end-call.ts';
import { traceOf } from './trace-context.ts';

const NO_PAGE: HarPage = {
  document: false,
  origin: null,
  fromKakao: false,
  inFrame: false,
  site: null,
};

/**
 * Reads a back end's calls to Kakao out of the entries of a HAR that a proxy recorded between the two. Entries that
 * cannot be read and calls to others are passed over; never throws.
 */
export async function readEgress(
  entries: readonly unknown[],
  hash: HashUserId,
): Promise<BackEndCall[]> {
  const calls: BackEndCall[] = [];
  for (const value of entries) {
    const entry = readHarEntry(value);
    if (!entry || !isCall(entry)) continue;
    if (entry.gzip) entry.body = await gunzip(entry.gzip);
    const fact = await harCallFact(entry, NO_PAGE, hash);
    if (!fact) continue;
    // When a server's call was sent does not say when the browser sent what led to it.
    const { sentAt: _sentAt, ...told } = fact;
    calls.push({ at: entry.done, fact: told, serving: null, ...linksOf(entry) });
  }
  return calls.sort((a, b) => a.at - b.at);
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
