import type { Secrets } from './secrets.ts';

/** What an authorization promised: kept with the code until the token step. */
export interface Grant {
  clientId: string;
  account: string;
  redirectUri: string;
  /** Agreed on a consent screen of this flow (empty when none was shown). */
  scopes: string[];
  terms: string[];
  /** The `scope` parameter of the request, split. */
  requested: string[];
  nonce: string | null;
  codeChallenge: string | null;
  authTime: number;
}

export interface Tokens {
  clientId: string;
  account: string;
  userId: number;
  authTime: number;
  accessToken: string;
  accessUntil: number;
  refreshToken: string;
  refreshUntil: number;
}

export interface Grants {
  issueCode(grant: Grant, now: number): string;
  /** The grant of a code, left in place; undefined when unknown, used or expired. */
  peekCode(code: string, now: number): Grant | undefined;
  spendCode(code: string): void;
  issueTokens(owner: TokenOwner, accessSeconds: number, now: number): Tokens;
  byAccess(token: string, now: number): Tokens | undefined;
  byRefresh(token: string, now: number): Tokens | undefined;
  /** New access token; a new refresh token only in the last month, as Kakao does. */
  refresh(tokens: Tokens, accessSeconds: number, now: number): { tokens: Tokens; rotated: boolean };
  /** Kills one session (logout). */
  drop(tokens: Tokens): void;
  /** Kills all tokens of a user of an app (unlink). */
  dropUser(clientId: string, userId: number): void;
}

type TokenOwner = Pick<Tokens, 'clientId' | 'account' | 'userId' | 'authTime'>;

const CODE_MS = 10 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
export const REFRESH_SECONDS = 5_183_999;

/** Codes (single use, ten minutes) and tokens. Expiry follows the instants passed in (epoch ms). */
export function createGrants(secrets: Secrets): Grants {
  const codes = new Map<string, { grant: Grant; until: number }>();
  let live: Tokens[] = [];
  return {
    issueCode(grant, now) {
      const code = secrets.issue('CODE');
      codes.set(code, { grant, until: now + CODE_MS });
      return code;
    },
    peekCode(code, now) {
      const found = codes.get(code);
      return found && now <= found.until ? found.grant : undefined;
    },
    spendCode: (code) => void codes.delete(code),
    issueTokens(owner, accessSeconds, now) {
      const tokens: Tokens = {
        ...owner,
        accessToken: secrets.issue('AT'),
        accessUntil: now + accessSeconds * 1000,
        refreshToken: secrets.issue('RT'),
        refreshUntil: now + REFRESH_SECONDS * 1000,
      };
      live.push(tokens);
      return tokens;
    },
    byAccess: (token, now) => live.find((t) => t.accessToken === token && now <= t.accessUntil),
    byRefresh: (token, now) => live.find((t) => t.refreshToken === token && now <= t.refreshUntil),
    refresh(tokens, accessSeconds, now) {
      tokens.accessToken = secrets.issue('AT');
      tokens.accessUntil = now + accessSeconds * 1000;
      const rotated = tokens.refreshUntil - now < 30 * DAY_MS;
      if (rotated) {
        tokens.refreshToken = secrets.issue('RT');
        tokens.refreshUntil = now + REFRESH_SECONDS * 1000;
      }
      return { tokens, rotated };
    },
    drop(tokens) {
      live = live.filter((t) => t !== tokens);
    },
    dropUser(clientId, userId) {
      live = live.filter((t) => t.clientId !== clientId || t.userId !== userId);
    },
  };
}
