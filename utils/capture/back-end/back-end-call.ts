import type { ApiFact, TokenFact, TokenHandedFact } from '../../model/observation.ts';

/**
 * A call to Kakao in a back end's own records, which hold the calls of all its users, or a request that handed a token
 * on. `trace`, `code` and `tokens` say whose it is: they are compared in memory and never stored.
 */
export interface BackEndCall {
  /** When it was answered, epoch ms. */
  at: number;
  fact: ApiFact | TokenFact | TokenHandedFact;
  /** W3C trace id. */
  trace: string | null;
  /** The authorization code that it exchanged. */
  code: string | null;
  /** The access and refresh tokens that it carried or was answered with, as far as they were recorded. */
  tokens: readonly string[];
  /** Path of the request that the back end was serving when it called, reduced like a redirect URI's. */
  serving: string | null;
}

/** What a back end recorded. */
export interface BackEndRecord {
  /** Spans may be sampled, so a call that is not among them may have been made; a proxy records all. */
  kind: 'spans' | 'egress';
  /** Tells this record from others in the ids of its observations. */
  name: string;
  calls: BackEndCall[];
}

/** Names what a call asked and how it was answered: two that differ in that are not one. Null for a token handed on. */
export function requestKey(fact: BackEndCall['fact']): string | null {
  if (fact.type === 'token-handed') return null;
  const path = fact.type === 'api' ? fact.path : '';
  return [fact.type, fact.method, path, fact.status].join(' ');
}
