import type { AuthorizeFact, Observation } from '../model/observation.ts';

/** Ids of redacted observations end with this; the rest is the id of the observation they stand for. */
const SUFFIX = '-bare';

/**
 * Redacts an authorize request of a site that the report is not about. What is left says only that the Kakao account
 * of the cookie store may have changed at that instant; site, app and tab are not named.
 */
export function redactAuthorize(o: Observation<AuthorizeFact>): Observation<AuthorizeFact> {
  const { id, at, source, cookieStore, type, method, status, watched } = o;
  return {
    id: id + SUFFIX,
    at,
    source,
    cookieStore,
    tab: null,
    opener: null,
    site: null,
    type,
    method,
    status,
    watched,
    fromKakao: true,
    params: [],
    prompt: [],
    clientId: null,
    redirectUri: null,
    sdk: null,
    error: null,
    outcome: 'login-form',
  };
}

/** Whether an observation is a redacted one, by its id. */
export function isRedacted({ id }: Pick<Observation, 'id'>): boolean {
  return id.endsWith(SUFFIX);
}

/** Returns the id of the observation that a redacted one stands for; any other id as it is. */
export function unredactedId(id: string): string {
  return id.endsWith(SUFFIX) ? id.slice(0, -SUFFIX.length) : id;
}
