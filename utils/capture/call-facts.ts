import type { ApiFact, TokenFact } from '../model/observation.ts';

/** A token request of which nothing is known but what is told. */
export function createTokenFact(
  told: Partial<TokenFact> & Pick<TokenFact, 'method' | 'status'>,
): TokenFact {
  return {
    type: 'token',
    grant: null,
    clientId: null,
    redirectUri: null,
    error: null,
    account: null,
    ...told,
  };
}

/** An API call of which nothing is known but what is told. */
export function createApiFact(
  told: Partial<ApiFact> & Pick<ApiFact, 'method' | 'path' | 'status'>,
): ApiFact {
  return {
    type: 'api',
    code: null,
    hasSignedUp: null,
    connectedAt: null,
    account: null,
    wholeBody: false,
    cached: false,
    inFrame: false,
    requiredScopes: [],
    ...told,
  };
}
