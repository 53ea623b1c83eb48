import type { IDBPTransaction, StoreNames } from 'idb';
import { appOf } from '../model/app.ts';
import type { Login } from '../model/login.ts';
import { deadlineOf } from '../verdict/decide/deadline.ts';
import { loginStatus } from '../verdict/decide/verdict.ts';
import { createLoginState, type LoginState, type Tracking } from '../verdict/state/login-state.ts';
import { readInPieces } from './read-in-pieces.ts';
import type { LinkwatchDb, StoredLogin } from './schema.ts';

/** A login as it is stored: with the keys of its indexes. */
export function toStoredLogin(loginState: Pick<LoginState, 'apps'>, login: Login): StoredLogin {
  const app = appOf(loginState, login.clientId);
  const status = loginStatus(login, app);
  const deadline = deadlineOf(login, app);
  return {
    ...login,
    index: {
      standing: [status, deadline],
      passed: [status, -deadline],
      newest: [status, -login.loggedInAt],
    },
  };
}

/** The object stores that hold the state of the judgement. */
export const LOGIN_STATE_STORES: StoreNames<LinkwatchDb>[] = ['logins', 'apps', 'meta'];

type ReadTransaction = IDBPTransaction<LinkwatchDb, StoreNames<LinkwatchDb>[], 'readonly'>;

/** Reads the state of the judgement as it was last stored. */
export async function loadLoginState(tx: ReadTransaction): Promise<LoginState> {
  const [loginState, logins] = await Promise.all([loadWithoutLogins(tx), readLogins(tx)]);
  for (const login of logins) loginState.logins.set(login.id, login);
  return loginState;
}

/** Reads the same without any login, which takes as long whatever is stored. */
export async function loadWithoutLogins(tx: ReadTransaction): Promise<LoginState> {
  const [apps, track] = await Promise.all([
    tx.objectStore('apps').getAll(),
    tx.objectStore('meta').get('track') as Promise<Tracking | undefined>,
  ]);
  const loginState = createLoginState();
  for (const app of apps) loginState.apps.set(app.clientId, app);
  if (track) loginState.tracking = { ...loginState.tracking, ...track };
  return loginState;
}

/** Reads all logins, in order of arrival. */
export async function readLogins(tx: ReadTransaction): Promise<Login[]> {
  const rows = await readInPieces(tx.objectStore('logins'), (row) => row.id, withoutIndex);
  return rows.sort((a, b) => a.ordinal - b.ordinal);
}

const withoutIndex = ({ index: _by, ...login }: StoredLogin): Login => login;
