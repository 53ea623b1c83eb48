import { describe } from 'vitest';
import { T0 } from '../../fixtures.ts';
import { fromHar, harFirstLogin } from './har-requests.ts';
import { mode, testCases, type KnownCase } from './known-case.ts';

const JAVA = {
  'User-Agent': 'Java/21',
  Accept: 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2',
};

const FALSE_MISSED: KnownCase[] = [
  {
    name: "17. Java back end's call behind a proxy: a call, not a page",
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0).slice(0, 3),
        {
          at: T0 + 2300,
          method: 'POST',
          url: 'https://kauth.kakao.com/oauth/token',
          headers: JAVA,
          form: 'grant_type=authorization_code&client_id=js-key-0001&code=c',
          body: '{"token_type":"bearer","access_token":"AT-1"}',
        },
        {
          at: T0 + 2400,
          url: 'https://kapi.kakao.com/v2/user/me',
          headers: JAVA,
          body: '{"id":1,"connected_at":"2026-11-22T03:00:02Z"}',
        },
      ]),
    ],
    at: 30,
    logins: [{ verdict: 'complete' }],
  },
];

describe('no login is surely called missed that is not', () => {
  testCases(FALSE_MISSED);
});
