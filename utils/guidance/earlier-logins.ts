import { lazily } from '../model/lazily.ts';
import type { Login } from '../model/login.ts';
import type { LoginState } from '../verdict/state/login-state.ts';

/** In what two logins may be alike: app and Kakao account, user id, or on one site the tester's label or Kakao session. */
export type Likeness = 'account' | 'user' | 'label' | 'session';

/** Returns the logins before one that are like it in any of some respects, in order of arrival. */
export type EarlierLogins = (login: Login, alike: readonly Likeness[]) => readonly Login[];

/**
 * Makes the finder of earlier logins. A site may have thousands of logins, so they are grouped by what they are alike in;
 * each grouping is made when it is first asked for.
 */
export function createEarlierLogins({ logins }: LoginState): EarlierLogins {
  const alikeIn = (respect: Likeness) =>
    lazily(() => Map.groupBy(logins.values(), (login) => keyOf(login, respect)));
  const alike: Record<Likeness, ReturnType<typeof alikeIn>> = {
    account: alikeIn('account'),
    user: alikeIn('user'),
    label: alikeIn('label'),
    session: alikeIn('session'),
  };
  const order = lazily(() => new Map([...logins.values()].map((login, i) => [login, i])));
  return (login, respects) => {
    const earlier = respects.flatMap((respect) => {
      const key = keyOf(login, respect);
      const found = key === null ? [] : (alike[respect]().get(key) ?? []);
      return found.filter((l) => l.ordinal < login.ordinal);
    });
    if (respects.length === 1 || earlier.length < 2) return earlier;
    const numbers = order();
    return [...new Set(earlier)].sort((a, b) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0));
  };
}

/** What logins that are alike in a respect share; null where that is not known. */
function keyOf(login: Login, respect: Likeness): string | null {
  const { site, clientId, accountId, userHash, label, kakaoSession } = login;
  switch (respect) {
    case 'account':
      // A link is the app's on all its sites.
      return `${clientId}\n${accountId}`;
    case 'user':
      return userHash || null;
    case 'label':
      return label ? `${site}\n${label}` : null;
    case 'session':
      return `${site}\n${kakaoSession}`;
  }
}
