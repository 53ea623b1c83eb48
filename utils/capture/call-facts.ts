import type { ApiFact, TokenFact } from '../model/observation.ts';

/** Makes the fact of a token request; a field that is not given is unknown. */
export function createTokenFact(
  known: Partial<TokenFact> & Pick<TokenFact, 'method' | 'status'>,
): TokenFact {
  return {
    type: 'token',
    grant: null,
    clientId: null,
    redirectUri: null,
    error: null,
    account: null,
    ...known,
  };
}

/** Makes the fact of an API call; a field that is not given is unknown. */
export function createApiFact(
  known: Partial<ApiFact> & Pick<ApiFact, 'method' | 'path' | 'status'>,
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
    ...known,
  };
}
