import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../utils/report/document.ts';
import { FORMATS } from '../../utils/report/formats/format-list.ts';
import { egressHar, otlp, span } from '../unit/capture/back-end/back-end-records.ts';
import { call, entry, exchange, login, SHOP, user } from '../unit/capture/har/har-entries.ts';
import { T0 } from '../unit/fixtures.ts';
import { run } from './run.ts';

const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const USER_ID = 4_012_345_678;
/** Secrets in the shapes that they have in traffic. */
const SECRETS = {
  code: 'Pq7Zr2Kx9LmT4vWb8NcY3hJd6FgS1aEu5oRi0XwQzVtCyBnMkPlHjG',
  state: '3f2b8c1e-9a47-4d06-b5e2-7c81f0a3d94b',
  access: 'qHt-vP0xS3mB_7nLwYcKd9ZfRj2uEoAg1iXkT5CQo9dRAAABlsecret',
  refresh: 'zW6-yD8hJ1rUe_4tMvGbNx3sQfLa7oKcIp2HZ5CQo9dRAAABlfresh',
  clientSecret: 'Cs9vKq2LxW7mTz4bRn8Yd3Hj',
  adminKey: 'deadbeefcafe4242deadbeefcafe4242',
  trace: '4bf92f3577b34da6a3ce929d0e0e4736',
  jwt: `${b64({ kid: 'k1' })}.${b64({ sub: String(USER_ID) })}.c2lnbmF0dXJlLW9mLWEtdG9rZW4`,
  email: 'minsu.kim@mail.test',
  phone: '010-9876-5432',
  phoneAbroad: '+82 10-9876-5432',
  nickname: '홍길동이',
  userId: String(USER_ID),
  cookie: 's%3AkJ8fQ2vXwZ',
} as const;
const ALL = Object.values(SECRETS);

/** Ways in which addresses and files may write a secret. */
const spellings = (secret: string) =>
  [
    secret,
    secret.replaceAll('-', ''),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ].map((text) => text.toLowerCase());

function expectNoSecret(text: string, where: string): void {
  const lower = text.toLowerCase();
  for (const secret of ALL)
    expect(
      spellings(secret).filter((s) => lower.includes(s)),
      where,
    ).toEqual([]);
}

const QUERY = new URLSearchParams([
  ...ALL.map((secret, i): [string, string] => [`p${i}`, secret]),
  ['code', SECRETS.code],
  ['state', SECRETS.state],
  ['access_token', SECRETS.access],
  ['id_token', SECRETS.jwt],
  ['login_hint', SECRETS.email],
  ['target_id', SECRETS.userId],
]);
const PATH = ALL.map(encodeURIComponent).join('/');

const REDIRECT_URIS = [
  `${SHOP}/oauth/${PATH}/callback?${QUERY}#${QUERY}`,
  `shopapp.010.9876.5432://${SECRETS.cookie}/${PATH}`,
  `kakao${SECRETS.adminKey}://oauth`,
];

/** One login with secrets wherever a recorder may write them, and the calls after it. */
function planted(redirectUri: string, at: number) {
  const asks = { nonce: SECRETS.state, login_hint: SECRETS.email, prompt: SECRETS.access };
  const entries = [
    ...login(at, { redirectUri, more: `&${new URLSearchParams(asks)}&scope=${SECRETS.nickname}` }),
    exchange(at + 5000, { sub: SECRETS.userId }),
    call(at + 6000, `/v2/user/me?${QUERY}`, {
      body: user(USER_ID, at + 3900, { kakao_account: { email: SECRETS.email } }),
    }),
    call(at + 6100, `/v1/user/${PATH}/me`, { status: 400, body: { code: -2, msg: SECRETS.phone } }),
    call(at + 6200, '/v1/api/talk/friends', {
      status: 403,
      body: { code: -402, msg: SECRETS.email, required_scopes: ['friends', ...ALL] },
    }),
    entry(at + 6300, `${SHOP}/my/${PATH}?${QUERY}#${QUERY}`, {
      from: `${SHOP}/${PATH}?${QUERY}`,
      timing: [
        ...ALL.flatMap((s) => [
          `kakao;desc="GET /v1/user/${s} 200 code=${s} connected_at=${s} target=${s}"`,
          `kakao;desc="${s} ${s} ${s}";dur=${s}`,
        ]),
        `traceparent;desc="00-${SECRETS.trace}-00f067aa0ba902b7-01"`,
      ].join(),
    }),
  ];
  for (const { request, response } of entries) {
    request.headers.push(
      { name: 'Authorization', value: `KakaoAK ${SECRETS.adminKey}` },
      { name: 'Cookie', value: `sid=${SECRETS.cookie}` },
    );
    response.headers.push({ name: 'ETag', value: SECRETS.access });
  }
  return entries.map((e) => ({ ...e, pageref: SECRETS.jwt }));
}

const FILES = {
  'login.har': {
    log: {
      comment: SECRETS.email,
      pages: [{ id: SECRETS.jwt, title: `${SHOP}/?${QUERY}`, startedDateTime: new Date(T0) }],
      entries: REDIRECT_URIS.flatMap((uri, n) => planted(uri, T0 + n * 600_000)),
    },
  },
  'egress.har': egressHar([
    {
      at: T0 + 4050,
      method: 'POST',
      url: `https://kauth.kakao.com/oauth/token?${QUERY}`,
      trace: SECRETS.trace,
      form: { code: SECRETS.code, client_secret: SECRETS.clientSecret },
      body: { access_token: SECRETS.access, refresh_token: SECRETS.refresh, id_token: SECRETS.jwt },
    },
    {
      at: T0 + 4060,
      url: `https://kapi.kakao.com/v1/user/${PATH}`,
      trace: SECRETS.trace,
      bearer: SECRETS.access,
      body: user(USER_ID, T0 + 3900),
    },
  ]),
  'spans.jsonl': otlp([
    span(
      {
        at: T0 + 4050,
        method: 'POST',
        url: `https://kauth.kakao.com/oauth/token?${QUERY}`,
        trace: SECRETS.trace,
      },
      { more: ALL.map((secret) => ({ key: secret, value: { stringValue: secret } })) },
    ),
    span({ at: T0 + 4060, url: `https://kapi.kakao.com/v1/user/${PATH}`, trace: SECRETS.trace }),
  ]),
};

const folder = mkdtempSync(join(tmpdir(), 'linkwatch-canaries-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** What is judged: the recorded files, and the report on them with secrets in fields that reports do not have. */
const INPUTS = {
  files: [at('login.har'), '--server', at('egress.har'), '--server', at('spans.jsonl')],
  report: [at('report.json')],
};

beforeAll(async () => {
  for (const [name, value] of Object.entries(FILES)) writeFileSync(at(name), JSON.stringify(value));
  const { out } = await run(['check', ...INPUTS.files, '--format', 'json']);
  const withMore = (value: object) => ({ ...value, secret: ALL, [SECRETS.userId]: SECRETS.email });
  const report = JSON.parse(out, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? withMore(value) : value,
  ) as Report;
  writeFileSync(at('report.json'), JSON.stringify(report));
});

describe('secrets everywhere in what is read: none is in what is written', () => {
  test.each(
    ['text', ...Object.keys(FORMATS)].flatMap((format) =>
      (['files', 'report'] as const).map((input) => [format, input] as const),
    ),
  )('%s of the %s', async (format, input) => {
    for (const more of [[], ['--lang', 'ko'], ['--whole-client-ids']]) {
      const args = ['check', ...INPUTS[input], '--at', '+25h', '--format', format];
      const { code, out, error } = await run([...args, ...more]);
      expect(code).toBe(0);
      expect(out).toContain('/v2/user/me');
      expectNoSecret(out + error, more.join(' '));
    }
  });

  test('the logins, and the calls of the server’s files, are among it', async () => {
    const { out, error } = await run(['check', ...INPUTS.files, '--format', 'json']);
    const { logins } = JSON.parse(out) as Report;
    expect(logins.map((l) => l.redirectUri)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^https:\/\/page\.shop\.test\/oauth\/(\*\/)+callback$/),
        expect.stringMatching(/^shopapp\.\*\.\*\.\*:\/\/\*(\/\*)+$/),
        'kakao*://oauth',
      ]),
    );
    expect(out).toContain('"/v1/user/*');
    expect(error).toMatch(/Calls to Kakao in the server’s files: [1-9]\d*\. Surely [^:]*: [1-9]/);
  });
});
