import { describe, expect, test } from 'vitest';
import { captureAnswer, isAnswerRead } from '../../../utils/capture/tools-answer.ts';

const hash = async (id: string) => `hash-of-${id.length}-digits`;
const SITE = 'https://page.shop.test';
const STARTED = '2026-11-22T03:00:00.000Z';

/** A request as the developer tools give it, with a canary in every place that is not read. */
function finished(url: string, status: number, more: object = {}): unknown {
  return {
    startedDateTime: STARTED,
    time: 80,
    _initiator: { url: 'https://page.shop.test/CANARY-initiator' },
    serverIPAddress: 'CANARY-address',
    request: {
      method: 'GET',
      url,
      headers: [
        { name: 'Authorization', value: 'Bearer CANARY-token' },
        { name: 'Cookie', value: 'CANARY-cookie' },
        { name: 'KA', value: 'CANARY-ka' },
        { name: 'Referer', value: `${SITE}/CANARY?CANARY` },
      ],
      cookies: [{ name: 'CANARY', value: 'CANARY' }],
      ...more,
    },
    response: {
      status,
      headers: [{ name: 'Set-Cookie', value: 'CANARY-set-cookie' }],
      cookies: [],
      content: { mimeType: 'application/json', size: 10 },
    },
  };
}

const bodyOf = (json: unknown) => ({ text: JSON.stringify(json), isBase64: false });

/** Everything that Kakao may say of a user, and what it may say one day. */
const USER = {
  id: 4000000001,
  connected_at: '2026-11-22T02:59:58Z',
  has_signed_up: false,
  synched_at: 'CANARY-synched',
  for_partner: { uuid: 'CANARY-uuid' },
  properties: { nickname: 'CANARY-nickname', 'CANARY-name': 'CANARY-value' },
  kakao_account: {
    email: 'CANARY@mail.test',
    phone_number: '+82 10-CANARY',
    ci: 'CANARY-ci',
    profile: { nickname: 'CANARY-nick', profile_image_url: 'https://CANARY' },
  },
  'CANARY-unknown': { deep: ['CANARY'] },
};

const NOTHING = {
  error: null,
  code: null,
  hasSignedUp: null,
  connectedAt: null,
  account: null,
  wholeBody: false,
  cached: false,
  requiredScopes: [],
};

describe('answer out of the developer tools', () => {
  test('user’s information: whether signed up, since when linked, and a hash', async () => {
    const entry = finished('https://kapi.kakao.com/v2/user/me?secure_resource=CANARY', 200);
    const captured = await captureAnswer(entry, bodyOf(USER), hash);
    expect(captured).toEqual({
      at: Date.parse(STARTED) + 80,
      site: SITE,
      fact: {
        ...NOTHING,
        type: 'answer',
        of: 'api',
        method: 'GET',
        path: '/v2/user/me',
        status: 200,
        sentAt: Date.parse(STARTED),
        hasSignedUp: false,
        connectedAt: Date.parse('2026-11-22T02:59:58Z'),
        account: 'hash-of-10-digits',
        wholeBody: true,
      },
    });
  });

  test.each([
    ['a day ahead of Kakao’s, says nothing of the link’s beginning', '21', null],
    ['right, says when the link began', '22', Date.parse('2026-11-22T02:59:58Z')],
  ])('answer by a clock that is %s', async (_, day, connectedAt) => {
    const headers = [{ name: 'Date', value: `Sat, ${day} Nov 2026 03:00:00 GMT` }];
    const entry = finished('https://kapi.kakao.com/v2/user/me', 200) as object;
    const dated = { ...entry, response: { status: 200, headers } };
    const captured = await captureAnswer(dated, bodyOf(USER), hash);
    expect(captured?.fact.connectedAt).toBe(connectedAt);
  });

  test('refused call: Kakao’s code and the consent items it lacks', async () => {
    const entry = finished('https://kapi.kakao.com/v1/api/talk/friends', 403);
    const body = {
      code: -402,
      msg: 'CANARY-message',
      required_scopes: ['friends', 'CANARY scope'],
      allowed_scopes: ['CANARY_scope'],
    };
    const captured = await captureAnswer(entry, bodyOf(body), hash);
    expect(captured?.fact).toMatchObject({ code: -402, requiredScopes: ['friends'] });
    expect(JSON.stringify(captured)).not.toContain('CANARY');
  });

  test('token request: what it was for, the user of the ID token as a hash, the error; neither token nor code', async () => {
    const payload = btoa(JSON.stringify({ sub: '4000000001', nickname: 'CANARY', aud: 'CANARY' }));
    const form = 'grant_type=authorization_code&client_id=CANARY&code=CANARY&client_secret=CANARY';
    const entry = finished('https://kauth.kakao.com/oauth/token', 200, {
      method: 'POST',
      postData: { mimeType: 'application/x-www-form-urlencoded', text: form },
    });
    const tokens = {
      access_token: 'CANARY-access',
      refresh_token: 'CANARY-refresh',
      id_token: `CANARY.${payload}.CANARY`,
      scope: 'CANARY',
    };
    const captured = await captureAnswer(entry, bodyOf(tokens), hash);
    expect(captured?.fact).toEqual({
      ...NOTHING,
      type: 'answer',
      of: 'token',
      method: 'POST',
      path: '/oauth/token',
      status: 200,
      grant: 'authorization_code',
      sentAt: Date.parse(STARTED),
      account: 'hash-of-10-digits',
    });
    const refused = { error: 'CANARY', error_description: 'CANARY', error_code: 'KOE320' };
    const failed = await captureAnswer(entry, bodyOf(refused), hash);
    expect(failed?.fact).toMatchObject({ error: 'KOE320', account: null });
    expect(JSON.stringify([captured, failed])).not.toContain('CANARY');
  });

  test.each([
    ['refreshes a token', 'grant_type=refresh_token&refresh_token=CANARY', 'refresh_token'],
    ['asks for something else', 'grant_type=CANARY&code=CANARY', undefined],
    ['has a body that the tools do not show', null, undefined],
  ])('token request that %s: no more than that word', async (_what, text, grant) => {
    const entry = finished('https://kauth.kakao.com/oauth/token', 200, {
      method: 'POST',
      ...(text === null ? {} : { postData: { text } }),
    });
    const captured = await captureAnswer(entry, bodyOf({ access_token: 'CANARY' }), hash);
    expect(captured?.fact.grant).toBe(grant);
    expect(JSON.stringify(captured)).not.toContain('CANARY');
  });

  test('call with the admin key: the user that it names as a hash, without the key', async () => {
    const entry = finished('https://kapi.kakao.com/v2/user/me', 200, {
      method: 'POST',
      headers: [
        { name: 'Authorization', value: 'KakaoAK CANARY' },
        { name: 'Origin', value: SITE },
      ],
      postData: { text: 'target_id_type=user_id&target_id=4000000001&property_keys=["CANARY"]' },
    });
    const captured = await captureAnswer(entry, bodyOf(USER), hash);
    expect(captured?.fact).toMatchObject({ target: 'hash-of-10-digits', wholeBody: false });
    expect(JSON.stringify(captured)).not.toMatch(/CANARY|4000000001/);
  });

  test('packed or no body: read, or nothing said', async () => {
    const entry = finished('https://kapi.kakao.com/v2/user/me', 200);
    const packed = { text: btoa(JSON.stringify(USER)), isBase64: true };
    expect((await captureAnswer(entry, packed, hash))?.fact.hasSignedUp).toBe(false);
    for (const text of [null, '', '<html>CANARY</html>', '[1]', '{"id":', '\u0000'])
      expect((await captureAnswer(entry, { text, isBase64: false }, hash))?.fact).toMatchObject(
        NOTHING,
      );
  });

  test.each([
    ['preflight', finished('https://kapi.kakao.com/v2/user/me', 200, { method: 'OPTIONS' })],
    ['login page', finished('https://kauth.kakao.com/oauth/authorize?client_id=a', 200)],
    ['a site’s own call', finished('https://page.shop.test/v2/user/me', 200)],
    ['credentials', finished('https://accounts.kakao.com/login', 200)],
    ['no entry', 'CANARY'],
    ['nothing', null],
  ])('%s: no fact', async (_what, entry) =>
    expect(await captureAnswer(entry, bodyOf(USER), hash)).toBeNull(),
  );

  test('bodies are asked for of API calls and token requests alone, of a site that is named', () => {
    const read = (url: string, headers: object = { Origin: SITE }, more = {}) => {
      const list = Object.entries(headers).map(([name, value]) => ({ name, value }));
      return isAnswerRead(finished(url, 200, { headers: list, ...more }));
    };
    const me = 'https://kapi.kakao.com/v2/user/me';
    expect(read(me)).toBe(true);
    expect(read(me, { Referer: `${SITE}/a?CANARY` })).toBe(true);
    expect(read('https://kauth.kakao.com/oauth/token')).toBe(true);
    expect(read(me, {})).toBe(false);
    expect(read(me, undefined, { method: 'OPTIONS' })).toBe(false);
    for (const url of [
      'https://kauth.kakao.com/oauth/authorize?x=1',
      'https://accounts.kakao.com/login',
      'https://page.shop.test/oauth/token',
      'https://kapi.kakao.com.shop.test/v2/user/me',
    ])
      expect(read(url)).toBe(false);
  });
});
