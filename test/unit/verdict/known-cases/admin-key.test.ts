import { describe } from 'vitest';
import { firstLogin, SITE, T0 } from '../../fixtures.ts';
import { fromHar, harFirstLogin, harMe, inFile, KAPI, type HarRequest } from './har-requests.ts';
import { after, mode, reported, testCases, TOKEN_REPORT, type KnownCase } from './known-case.ts';

/** A minute after the login `/v2/user/me` is called by POST, without a form or an Authorization header in the file. */
const mePosted = (headers: Record<string, string>): HarRequest => ({
  at: after(0, 1),
  method: 'POST',
  url: `${KAPI}/v2/user/me`,
  document: false,
  headers: { Origin: SITE, Referer: `${SITE}/`, ...headers },
});

const ADMIN_KEY: KnownCase[] = [
  {
    name: 'call with the admin key about another user: completes nothing here',
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0),
        harMe(after(0, 1), {
          url: 'https://kapi.kakao.com/v2/user/me?target_id_type=user_id&target_id=77',
          headers: { Authorization: 'KakaoAK key' },
        }),
      ]),
    ],
    at: 2,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'server’s report of a call with the admin key about another user: completes nothing here',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(after(0, 1), `${TOKEN_REPORT}, kakao;desc="GET /v2/user/me 200 target=other"`),
    ],
    at: 30,
    logins: [{ never: 'complete certain' }],
  },
  {
    name: 'server’s report of another member’s removal with the admin key: cuts no link here',
    history: [
      mode('auto'),
      firstLogin(T0),
      reported(after(0, 1), `${TOKEN_REPORT}, kakao;desc="GET /v2/user/me 200"`),
      reported(after(0, 2), 'kakao;desc="POST /v1/user/unlink 200 target=other"'),
    ],
    at: 30,
    logins: [{ never: 'unlinked certain' }],
  },
  {
    name: 'body of a call with the admin key: says nothing of the login at hand',
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0),
        harMe(after(0, 1), {
          url: 'https://kapi.kakao.com/v2/user/me?target_id_type=user_id&target_id=77',
          headers: { Authorization: 'KakaoAK key' },
          body: '{"id":77,"connected_at":"2026-01-01T00:00:00Z"}',
        }),
      ]),
    ],
    at: 2,
    logins: [{ never: 'complete certain', neverKind: 'repeat' }],
  },
  {
    name: 'call by POST of which the recorder kept neither form nor key: may be about another user',
    history: async () => [
      mode('auto'),
      await fromHar([
        ...harFirstLogin(T0),
        mePosted({ 'Content-Type': 'application/x-www-form-urlencoded' }),
      ]),
    ],
    at: 2,
    logins: [{ never: 'complete certain' }],
  },
  ...[41, 0].map((bodySize): KnownCase => ({
    name: `call by POST without any headers, of whose form only the size is kept, ${bodySize}: ${bodySize ? 'may be about another user' : 'is about who is logged in'}`,
    history: inFile([
      ...harFirstLogin(T0),
      {
        ...mePosted({}),
        more: { request: { method: 'POST', url: `${KAPI}/v2/user/me`, headers: [], bodySize } },
      },
    ]),
    at: 2,
    logins: [bodySize ? { never: 'complete certain' } : { verdict: 'complete certain' }],
  })),
  {
    name: "the SDK's call by POST with nothing of it kept: is about who is logged in",
    history: async () => [
      mode('auto'),
      await fromHar([...harFirstLogin(T0), mePosted({ KA: 'sdk/2.6.0 os/javascript' })]),
    ],
    at: 2,
    logins: [{ verdict: 'complete certain' }],
  },
];

describe('a call with the admin key is about the user whom it names', () => {
  testCases(ADMIN_KEY);
});
