import { describe } from 'vitest';
import { T0 } from '../../fixtures.ts';
import { file, harFirstLogin, harMe, onPage, TOKEN, withOwnToken } from './har-requests.ts';
import { mode, testCases } from './known-case.ts';

/** The login of the file ends by then. */
const LOGGED_IN_AT = T0 + 2100;
const SECOND = 1000;

const OWN_TOKEN = { Authorization: `Bearer ${TOKEN}` };
/** As Chrome's sanitized export shows a call: without its token. */
const NO_TOKEN = { Authorization: '' };

/** A first login and a call whose answer says that its link was made some seconds after that login. */
const linkedLater = (seconds: number, headers: Record<string, string>) => async () => {
  const connectedAt = new Date(LOGGED_IN_AT + seconds * SECOND).toISOString();
  const body = JSON.stringify({ id: 1, connected_at: connectedAt });
  return [
    mode('auto'),
    await file(
      onPage([
        ...withOwnToken(harFirstLogin(T0), TOKEN),
        harMe(T0 + 7200 * SECOND, { headers, body }),
      ]),
    ),
  ];
};

describe('a call whose answer tells of a link from after the login', () => {
  testCases([
    {
      name: 'token of the login, an hour: the clock is slow, and the login complete',
      history: linkedLater(3600, OWN_TOKEN),
      at: 30,
      logins: [{ verdict: 'complete certain' }],
    },
    {
      name: 'token left out of the file, three minutes: perhaps that of a later login elsewhere',
      history: linkedLater(180, NO_TOKEN),
      at: 30,
      logins: [{ verdict: 'complete likely' }],
    },
    {
      name: 'token left out of the file, a minute: clocks differ by that',
      history: linkedLater(60, NO_TOKEN),
      at: 30,
      logins: [{ verdict: 'complete certain' }],
    },
  ]);
});
