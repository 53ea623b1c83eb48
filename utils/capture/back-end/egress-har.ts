import { gunzip } from '../har/entry/gunzip.ts';
import { fieldsOf, headerOf, isCall, textsOf, type HarEntry } from '../har/entry/har-entry.ts';
import { instantOf } from '../har/entry/raw-entry.ts';
import { readHarEntry } from '../har/entry/read-entry.ts';
import { harCallFact } from '../har/har-call-facts.ts';
import { mayBeMadeUp, tellsKakaoTime } from '../har/made-up-answers.ts';
import type { HarPage } from '../har/place/har-page.ts';
import { issuedTokens } from '../har/token/har-tokens.ts';
import { tokensIn, type KnownTokens } from '../har/token/token-words.ts';
import { secretOf } from '../recorded-secret.ts';
import type { HashUserId } from '../response-body.ts';
import type { BackEndCall } from './back-end-call.ts';
import { isExchange } from './exchanges.ts';
import { zonesAhead } from './server-clock.ts';
import { traceOf } from './trace-context.ts';

const NO_PAGE: HarPage = {
  document: false,
  origin: null,
  fromKakao: false,
  inFrame: false,
  site: null,
  siteBefore: null,
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
  const recorded: RecordedCall[] = [];
  const toOthers: HarEntry[] = [];
  const isTimeTold = tellsKakaoTime(entries);
  const delays: number[] = [];
  for (const value of entries) {
    const entry = readHarEntry(value);
    if (entry && !entry.isToKakao) toOthers.push(entry);
    if (!entry || !isCall(entry)) continue;
    if (entry.gzip) entry.body = await gunzip(entry.gzip);
    const fact = await harCallFact(entry, NO_PAGE, hash);
    if (!fact) continue;
    if (fact.type === 'api' && mayBeMadeUp(entry, NO_PAGE, isTimeTold)) fact.maybeCached = true;
    // When a server's call was sent does not say when the browser sent what led to it.
    const { sentAt: _sentAt, ...undated } = fact;
    const call = { at: entry.done, fact: undated, serving: null, ...linksOf(entry) };
    recorded.push({ sentAt: entry.at, call });
    const told = instantOf(headerOf(entry, 'date', 'response'));
    if (told !== null) delays.push(entry.done - told);
  }
  const named = withoutMasks(withoutInner(recorded));
  const tokens = new Set(named.flatMap((call) => call.tokens));
  const tokenLengths = new Set([...tokens].map((token) => token.length));
  const known: KnownTokens = { tokens, tokenLengths, withoutToken: new Map() };
  const handed = toOthers.flatMap((entry) => handedOn(entry, known));
  const ahead = zonesAhead(delays);
  return [...named, ...handed]
    .map((call) => ({ ...call, at: call.at - ahead }))
    .sort((a, b) => a.at - b.at);
}

/** A call and when it was sent, epoch ms. */
interface RecordedCall {
  sentAt: number;
  call: BackEndCall;
}

/**
 * The calls without those that a second proxy, behind the first one, recorded once more: inside the first one's time, and
 * alike with their code and tokens.
 */
function withoutInner(recorded: readonly RecordedCall[]): BackEndCall[] {
  const outerUntil = new Map<string, number>();
  const inner = new Set<RecordedCall>();
  const inOrder = recorded.toSorted((x, y) => x.sentAt - y.sentAt || y.call.at - x.call.at);
  for (const one of inOrder) {
    const { at, ...rest } = one.call;
    if (rest.code === null && rest.tokens.length === 0) continue;
    const key = JSON.stringify(rest);
    if (at <= (outerUntil.get(key) ?? -Infinity)) inner.add(one);
    else outerUntil.set(key, at);
  }
  return recorded.flatMap((one) => (inner.has(one) ? [] : [one.call]));
}

/**
 * Calls without the codes that were exchanged twice and the tokens that two codes were exchanged for: Kakao does neither, so
 * the recorder put them in the place of others.
 */
function withoutMasks(calls: readonly BackEndCall[]): BackEndCall[] {
  const exchanges = calls.filter(({ fact }) => isExchange(fact));
  const ofSeveral = (secretsOf: (call: BackEndCall) => readonly string[]) => {
    const seenAt = new Map<string, number>();
    const found = new Set<string>();
    for (const call of exchanges)
      for (const secret of secretsOf(call)) {
        // A file may hold one exchange twice.
        if ((seenAt.get(secret) ?? call.at) !== call.at) found.add(secret);
        seenAt.set(secret, call.at);
      }
    return found;
  };
  const codes = ofSeveral(({ code }) => (code === null ? [] : [code]));
  const tokens = ofSeveral((call) => call.tokens);
  return calls.map((call) => ({
    ...call,
    code: call.code !== null && codes.has(call.code) ? null : call.code,
    tokens: call.tokens.filter((token) => !tokens.has(token)),
  }));
}

/** That a request to another server carries some of these tokens; nothing where it carries none. */
function handedOn(entry: HarEntry, known: KnownTokens): BackEndCall[] {
  const tokens = textsOf(entry).flatMap((text) => tokensIn(text, known));
  if (!tokens.length) return [];
  const fact = { type: 'token-handed' } as const;
  return [{ at: entry.done, fact, serving: null, trace: null, code: null, tokens }];
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
