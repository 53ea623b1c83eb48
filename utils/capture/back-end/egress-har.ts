import { endpointOf } from '../../kakao/endpoints.ts';
import { gunzip } from '../har/gunzip.ts';
import { fieldsOf, headerOf, readHarEntry, type HarEntry } from '../har/har-entry.ts';
import { harFact } from '../har/har-facts.ts';
import { createHarHistory } from '../har/har-history.ts';
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
    const endpoint = entry && endpointOf(entry.url);
    if (!entry || (endpoint !== 'token' && endpoint !== 'api')) continue;
    if (entry.gzip) entry.body = await gunzip(entry.gzip);
    const fact = await harFact(entry, NO_PAGE, createHarHistory(), hash);
    if (fact?.type !== 'token' && fact?.type !== 'api') continue;
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
