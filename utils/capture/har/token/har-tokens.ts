import type { Fact } from '../../../model/observation.ts';
import { isMask, secretOf } from '../../recorded-secret.ts';
import type { HarEntry } from '../entry/har-entry.ts';
import type { HarHistory } from '../har-history.ts';

/**
 * A token in a token response, or in what SDK v1's popup hands to its page, where quotes and colons are encoded. One without
 * its end was cut off by the recorder.
 */
const ISSUED =
  /(?:access|refresh)_token(?:"|%22)(?:\s*:\s*|%3A)(?:"|%22)([\w-]{4,2000})(?=[\w.~+/=-]*(?:"|%22|%3D))/gi;

/** The access and refresh tokens that an answer of Kakao's issues. */
export function issuedTokens(body: string | null): string[] {
  return [...(body ?? '').matchAll(ISSUED)].flatMap(([, token]) => token ?? []);
}

/** The tokens that an entry's answer issues: in its body or, by the implicit grant, behind the address that it leads to. */
export function tokensIssuedBy({ body, location }: HarEntry): string[] {
  const behind = new URLSearchParams(location?.hash.slice(1)).get('access_token');
  return [...issuedTokens(body), ...(behind ? [behind] : [])];
}

/**
 * When a token that is used at an instant (epoch ms) was issued for a code, at the latest; epoch ms. Null where that is not known.
 * Of a token whose issue was not seen this is its first use, which is noted.
 */
export function latestIssueOf(
  bearer: string | null,
  at: number,
  { tokens, firstUses }: HarHistory,
): number | null {
  // What the recorder put in the place of tokens is many users'.
  if (bearer === null || isMask(bearer)) return null;
  const known = tokens.get(bearer);
  if ((known && !known.isOfUnseen) || secretOf(bearer) === null) return known?.issuedAt ?? null;
  if (!firstUses.has(bearer)) firstUses.set(bearer, at);
  return firstUses.get(bearer) ?? null;
}

/** Whether a token, or the one that it was refreshed with, was not seen to be issued, where the recorder left out none that was. */
export function isOfUnseenToken(
  token: string | null,
  { tokens, hasUnknownToken }: HarHistory,
): boolean {
  if (token === null || secretOf(token) === null || hasUnknownToken) return false;
  const known = tokens.get(token);
  return tokens.size > 0 && (known === undefined || known.isOfUnseen === true);
}

/**
 * Whether a call carries such a token, or one more than the recorder left out: each of those stands for the next token that
 * comes into use.
 */
export function carriesUnseenToken(bearer: string | null, history: HarHistory): boolean {
  const isUnissued = bearer !== null && secretOf(bearer) !== null && !history.tokens.has(bearer);
  const isOneMore = isUnissued && !mayBeLeftOut(bearer, history);
  return history.hasUnknownToken ? isOneMore : isOfUnseenToken(bearer, history);
}

/** Whether a token whose issue was not seen may be one that the recorder left out, as its first use decides. */
function mayBeLeftOut(token: string, history: HarHistory): boolean {
  const { unissued } = history;
  if (!unissued.has(token)) {
    unissued.set(token, history.leftOutTokens > 0);
    history.leftOutTokens = Math.max(0, history.leftOutTokens - 1);
  }
  return unissued.get(token) === true;
}

/**
 * When a code was exchanged for the token that an answer issues, epoch ms: a refreshed token is as old as the one before
 * it. Null where that was not seen.
 */
export function issueOf(entry: HarEntry, fact: Fact, { tokens }: HarHistory): number | null {
  if (fact.type !== 'token' || fact.grant === 'authorization_code') return entry.done;
  return tokens.get(entry.form.get('refresh_token') ?? '')?.issuedAt ?? null;
}
