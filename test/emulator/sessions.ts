import type { Ask } from './exchange.ts';
import type { Secrets } from './secrets.ts';

/** A signed-in browser. */
export interface Session {
  account: string;
  authTime: number;
  until: number;
  /** Authorize addresses that came back from the login form and have not been used yet. */
  returned: Set<string>;
}

export interface Sessions {
  /** Signs a browser in; returns the `set-cookie` value. `stay` keeps it a month instead of a day. */
  open(account: string, stay: boolean, continueTo: string, now: number): string;
  /** The live session of a request, if any. */
  of(ask: Ask, now: number): Session | undefined;
  /** Signs the browser out; returns the `set-cookie` value that removes the cookie. */
  end(ask: Ask): string;
}

const COOKIE = '_kawlt';
const ATTRIBUTES = 'Domain=.kakao.com; Path=/; Secure; HttpOnly; SameSite=None';
const DAY_MS = 24 * 60 * 60 * 1000;

/** The Kakao account sessions of all browsers, by cookie. */
export function createSessions(secrets: Secrets): Sessions {
  const byId = new Map<string, Session>();
  return {
    open(account, stay, continueTo, now) {
      const id = secrets.issue('KS');
      const returned = new Set([continueTo]);
      byId.set(id, { account, authTime: now, until: now + (stay ? 30 : 1) * DAY_MS, returned });
      const lasting = stay ? `; Max-Age=${(30 * DAY_MS) / 1000}` : '';
      return `${COOKIE}=${id}; ${ATTRIBUTES}${lasting}`;
    },
    of(ask, now) {
      const session = byId.get(ask.cookies.get(COOKIE) ?? '');
      return session && now <= session.until ? session : undefined;
    },
    end(ask) {
      byId.delete(ask.cookies.get(COOKIE) ?? '');
      return `${COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
    },
  };
}
