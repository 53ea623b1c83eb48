import { describe, expect, test } from 'vitest';
import { captureHar } from '../../../../utils/capture/har/capture-har.ts';
import { HOUR, T0 } from '../../fixtures.ts';
import {
  call,
  entry,
  exchange,
  judgeHar,
  KEY,
  login,
  ME,
  preflight,
  SHOP,
  user,
  verdictsOf,
  type Entry,
} from './har-entries.ts';

const ALICE = 4000000001;
const me = (at: number, o: Parameters<typeof call>[2] & { connectedAt?: number } = {}) =>
  call(at, '/v2/user/me', { body: user(ALICE, o.connectedAt ?? T0 + 3900), ...o });
const first = [...login(T0), exchange(T0 + 5000)];

describe('SDK v2, code exchanged in the page', () => {
  test('user/me: completes a certain first login', async () => {
    expect(
      await verdictsOf([...first, preflight(T0 + 5900, '/v2/user/me'), me(T0 + 6000)]),
    ).toEqual(['complete']);
    expect((await judgeHar([...first, me(T0 + 6000)], 1))[0]).toMatchObject({
      certainty: 'certain',
      linkMode: 'auto',
      login: { site: SHOP, clientId: KEY, kind: 'first', kindBecause: 'consent' },
    });
  });

  test('preflight: leaves no observation', async () =>
    expect(
      await captureHar(
        [preflight(T0, '/v2/user/me'), preflight(T0, '/oauth/token')],
        async (id) => id,
      ),
    ).toEqual([]));

  test('no call: the first login is missed', async () => {
    expect(await verdictsOf(first, 1)).toEqual(['pending']);
    expect(await verdictsOf(first)).toEqual(['missed']);
  });

  test('OpenID Connect only: userinfo and token info do not count', async () =>
    expect(
      await verdictsOf([
        ...login(T0, { more: '&scope=openid' }),
        exchange(T0 + 5000, { sub: String(ALICE) }),
        call(T0 + 6000, '/v1/oidc/userinfo', { body: { sub: String(ALICE) } }),
        call(T0 + 6100, '/v1/user/access_token_info', { body: { id: ALICE, app_id: 1 } }),
      ]),
    ).toEqual(['missed']));

  test('look-alike paths, errors and preflights: complete nothing', async () =>
    expect(
      await verdictsOf([
        ...first,
        preflight(T0 + 5500, '/v2/user/me'),
        call(T0 + 6000, '/v2/user/meow', { body: user(ALICE, T0 + 3900) }),
        call(T0 + 6100, '/x/v2/user/me'),
        call(T0 + 6200, '/v2/user/me/'),
        call(T0 + 6300, '//v2/user/me'),
        call(T0 + 6400, '/v2/user/me', { status: 401, body: { code: -401, msg: 'x' } }),
        call(T0 + 6500, '/v1/api/talk/friends', { status: 403, body: { code: -402 } }),
        entry(T0 + 6600, `${SHOP}/v2/user/me`, { type: 'xhr', from: `${SHOP}/` }),
        entry(T0 + 6700, 'https://kapi.kakao.com.evil.test/v2/user/me', {
          type: 'xhr',
          from: `${SHOP}/`,
        }),
      ]),
    ).toEqual(['missed']));

  test('code submitted twice: KOE320 on the second, and one login', async () => {
    const double = [...first, exchange(T0 + 5001, { status: 400 })];
    expect(await verdictsOf(double)).toEqual(['missed']);
    expect(await verdictsOf([...double, me(T0 + 6000)])).toEqual(['complete']);
    const reversed = [
      ...login(T0),
      exchange(T0 + 5000, { status: 400 }),
      exchange(T0 + 5001),
      me(T0 + 6000),
    ];
    expect(await verdictsOf(reversed)).toEqual(['complete']);
  });

  test('cancel and refused prompt=none: are no logins', async () => {
    expect(await verdictsOf(login(T0, { error: 'access_denied' }))).toEqual([]);
    const silent = { form: false, consent: false, more: '&prompt=none' };
    expect(await verdictsOf(login(T0, { ...silent, error: 'consent_required' }))).toEqual([]);
    expect(await verdictsOf(login(T0, { ...silent, error: 'interaction_required' }))).toEqual([]);
  });

  test('prompt=none with a code: is a repeat, its call counts for the first', async () =>
    expect(
      await verdictsOf([
        ...first,
        ...login(T0 + HOUR, { form: false, consent: false, more: '&prompt=none' }),
        exchange(T0 + HOUR + 5000),
        me(T0 + HOUR + 6000),
      ]),
    ).toEqual(['complete', 'not-applicable']));

  test('prompt=login: the account is open until a user id tells it', async () => {
    const relogin = (sub: number) => [
      ...first.slice(0, -1),
      exchange(T0 + 5000, { sub: String(ALICE) }),
      ...login(T0 + HOUR, { consent: false, more: '&prompt=login' }),
      exchange(T0 + HOUR + 5000, { sub: String(sub) }),
      call(T0 + HOUR + 6000, '/v2/user/me', { body: user(sub, T0 + 3900) }),
    ];
    expect(await verdictsOf(relogin(ALICE))).toEqual(['complete', 'not-applicable']);
    expect((await judgeHar(relogin(ALICE), 30))[0]?.doubt).toBeNull();
    expect((await verdictsOf(relogin(ALICE + 1)))[0]).toBe('missed');
  });

  test('extra consent of a linked account: is a repeat', async () => {
    const extra = [
      ...first,
      me(T0 + 6000),
      ...login(T0 + HOUR, { form: false, more: '&scope=friends' }),
      exchange(T0 + HOUR + 5000),
    ];
    const said = await judgeHar(extra, 30);
    expect(said.map((v) => v.verdict)).toEqual(['complete', 'not-applicable']);
    expect(said[1]?.login.kindBecause).toBe('extra-consent');
  });

  test('unlink: cuts the link, and consent after it is a new first login', async () => {
    const unlinked = [
      ...first,
      me(T0 + 6000),
      call(T0 + 7000, '/v1/user/unlink', { method: 'POST', body: { id: ALICE } }),
    ];
    expect(await verdictsOf(unlinked)).toEqual(['unlinked']);
    const again = [
      ...unlinked,
      ...login(T0 + HOUR, { form: false }),
      exchange(T0 + HOUR + 5000, { sub: String(ALICE) }),
    ];
    const said = await judgeHar(again, 1);
    expect(said.map((v) => [v.verdict, v.login.kind])).toEqual([
      ['unlinked', 'first'],
      ['pending', 'first'],
    ]);
    const refused = [
      ...first,
      me(T0 + 6000),
      call(T0 + 7000, '/v1/user/unlink', { method: 'POST', status: 401 }),
    ];
    expect(await verdictsOf(refused)).toEqual(['complete']);
  });

  test('logout: is no unlink', async () =>
    expect(
      await verdictsOf([
        ...first,
        me(T0 + 6000),
        call(T0 + 7000, '/v1/user/logout', { method: 'POST', body: { id: ALICE } }),
      ]),
    ).toEqual(['complete']));

  test('two accounts: each has its own call or none', async () => {
    const bob = [...login(T0 + HOUR, { more: '&prompt=login' }), exchange(T0 + HOUR + 5000)];
    expect(
      await verdictsOf([
        ...first,
        ...bob,
        call(T0 + HOUR + 6000, '/v2/user/me', { body: user(ALICE + 1, T0 + HOUR + 3900) }),
      ]),
    ).toEqual(['missed', 'complete']);
    expect(await verdictsOf([...first, me(T0 + 6000), ...bob])).toEqual(['complete', 'missed']);
  });

  test('two sites at once, one app or two: calls do not mix', async () => {
    const other = {
      site: 'https://second.shop.test',
      tab: 'page@ffffffffffffffffffffffffffffffff',
    };
    for (const key of [KEY, 'js-key-0002']) {
      const entries = [
        ...first,
        ...login(T0 + 50, { ...other, key }),
        exchange(T0 + 5050, { ...other, key }),
        me(T0 + 6000, other),
      ];
      const said = await judgeHar(entries, 30);
      expect(said.map((v) => [v.login.site, v.verdict])).toEqual([
        [SHOP, 'missed'],
        [other.site, 'complete'],
      ]);
    }
  });

  test('redirect URI loaded twice: is one login', async () => {
    const twice = [...first, first.at(-2) as Entry];
    expect(await verdictsOf(twice)).toEqual(['missed']);
  });
});

describe('manual link', () => {
  const me0 = (signedUp: boolean, at = T0 + 6000) =>
    call(at, '/v2/user/me', { body: user(ALICE, T0 + 3900, { has_signed_up: signedUp }) });
  const signup = (status: number, code?: number) =>
    call(T0 + 7000, '/v1/user/signup', {
      method: 'POST',
      status,
      body: code === undefined ? { id: ALICE } : { code, msg: 'x' },
    });

  test.each([
    ['me alone', [me0(false)], 'missed'],
    ['sign-up', [me0(false), signup(200)], 'complete'],
    ['sign-up without me', [signup(200)], 'complete'],
    ['already registered', [me0(true), signup(400, -102)], 'complete'],
    ['sign-up refused', [me0(false), signup(401, -401)], 'missed'],
    [
      'sign-up by GET',
      [me0(false), call(T0 + 7000, '/v1/user/signup', { body: { id: 1 } })],
      'missed',
    ],
    [
      'me before and after a refused sign-up',
      [me0(false), signup(400, -201), me0(false, T0 + 8000)],
      'missed',
    ],
  ])('%s', async (_what, calls, verdict) =>
    expect(await verdictsOf([...first, ...calls])).toEqual([verdict]),
  );

  test('body shrunk by property_keys: says nothing of the link mode', async () => {
    const body = { id: ALICE, kakao_account: {} };
    const keys = 'property_keys=%5B%22kakao_account.email%22%5D';
    const asGet = call(T0 + 6000, `/v2/user/me?${keys}`, { body });
    const asPost = call(T0 + 6000, '/v2/user/me', { method: 'POST', body });
    asPost.request.postData = { mimeType: 'application/x-www-form-urlencoded', text: keys };
    for (const shrunk of [asGet, asPost])
      expect((await judgeHar([...first, shrunk], 1))[0]).toMatchObject({ linkMode: 'unknown' });
    const whole = call(T0 + 6000, '/v2/user/me', { method: 'POST', body });
    expect((await judgeHar([...first, whole], 1))[0]).toMatchObject({ linkMode: 'auto' });
  });

  test('form that the recorder left out: may have had property_keys, unless it was empty', async () => {
    const posted = (length: string) => {
      const made = call(T0 + 6000, '/v2/user/me', { method: 'POST', body: { id: ALICE } });
      made.request.headers.push(
        { name: 'Content-Type', value: 'application/x-www-form-urlencoded;charset=utf-8' },
        { name: 'Content-Length', value: length },
      );
      return made;
    };
    const modeOf = async (length: string) => (await judgeHar([...first, posted(length)], 1))[0];
    expect(await modeOf('44')).toMatchObject({ linkMode: 'unknown' });
    expect(await modeOf('0')).toMatchObject({ linkMode: 'auto' });
  });
});

describe('calls on the server', () => {
  const reported = (...calls: string[]) =>
    login(T0, {
      timing: ['POST /oauth/token 200', ...calls].map((c) => `kakao;desc="${c}"`).join(),
    });

  test.each([
    ['nothing reported', login(T0), 'unseen', 'none'],
    ['me', reported('GET /v2/user/me 200'), 'complete', 'server-reported'],
    ['only the token', reported(), 'missed', 'server-reported'],
    [
      'friends refused',
      reported('GET /v1/api/talk/friends 403 code=-402'),
      'missed',
      'server-reported',
    ],
    [
      'me of a manual-link app',
      reported('GET /v2/user/me 200 has_signed_up=false'),
      'missed',
      'server-reported',
    ],
    [
      'and its sign-up',
      reported('GET /v2/user/me 200 has_signed_up=false', 'POST /v1/user/signup 200'),
      'complete',
      'server-reported',
    ],
    [
      'and its -102',
      reported('GET /v2/user/me 200 has_signed_up=true', 'POST /v1/user/signup 400 code=-102'),
      'complete',
      'server-reported',
    ],
    ['a malformed report', login(T0, { timing: 'kakao;desc="me ok"' }), 'unseen', 'none'],
    ['another metric', login(T0, { timing: 'db;desc="GET /v2/user/me 200"' }), 'unseen', 'none'],
    [
      'unlink',
      reported('GET /v2/user/me 200', 'POST /v1/user/unlink 200'),
      'unlinked',
      'server-reported',
    ],
  ])('%s', async (_what, entries, verdict, visibility) =>
    expect((await judgeHar(entries, 30)).map((v) => [v.verdict, v.visibility])).toEqual([
      [verdict, visibility],
    ]),
  );

  test('report of a back end on its own origin: counts', async () => {
    const entries = login(T0, {
      site: 'https://front.test',
      redirectUri: 'https://back.test/login/oauth2/code/kakao',
      timing: 'kakao;desc="POST /oauth/token 200", kakao;desc="GET /v2/user/me 200"',
    });
    expect((await judgeHar(entries, 30)).map((v) => [v.login.site, v.verdict])).toEqual([
      ['https://front.test', 'complete'],
    ]);
  });

  test('code that a test program exchanges beside the pages: is of its login', async () => {
    const code = 'kQ3vZp9xYb7Lr2TnWc5Hs8';
    const pages = login(T0).map((e): Entry => {
      const text = JSON.stringify(e);
      return JSON.parse(text.replace(/CODE\d+/g, code));
    });
    const form = `grant_type=authorization_code&client_id=${KEY}&code=${code}`;
    const url = 'https://kauth.kakao.com/oauth/token';
    const request = entry(T0 + 5000, url, { method: 'POST', type: '', form });
    // Playwright's `request` writes no page, and none of the headers that a browser adds.
    delete request.pageref;
    request.request.headers = [];
    const observations = await captureHar([...pages, request], async (id) => id);
    const step = observations.find((o) => o.type === 'authorize' && o.outcome === 'code');
    const token = observations.find((o) => o.type === 'token');
    expect([token?.site, token?.tab]).toEqual([SHOP, step?.tab]);
  });

  test('report with a callback that answers JSON: is of the site, not of Kakao’s page', async () => {
    const entries = login(T0, { timing: 'kakao;desc="GET /v2/user/me 200"' });
    const callback = entries.at(-1) as Entry;
    // By a recorder that does not say what a request is for.
    delete callback._resourceType;
    callback.request.headers = [
      { name: 'Accept', value: 'text/html,*/*' },
      { name: 'Referer', value: 'https://kauth.kakao.com/' },
    ];
    callback.response.content.mimeType = 'application/json';
    const observations = await captureHar(entries, async (id) => id);
    const reports = observations.filter((o) => o.source === 'server');
    expect(reports.map((o) => o.site)).toEqual([SHOP]);
  });

  test('Server-Timing on Kakao’s own responses: reports nothing', async () => {
    const entries = login(T0);
    for (const e of entries)
      if (e.request.url.includes('kakao.com'))
        e.response.headers.push({
          name: 'server-timing',
          value: 'kakao;desc="GET /v2/user/me 200"',
        });
    expect(await verdictsOf(entries)).toEqual(['unseen']);
    const observations = await captureHar(entries, async (id) => id);
    expect(observations.some((o) => o.source === 'server')).toBe(false);
  });
});

describe('SDK v1, popup and kapi frame', () => {
  const opener = 'page@11111111111111111111111111111111';
  const ask = `https://kauth.kakao.com/oauth/authorize?client_id=${KEY}&redirect_uri=kakaojs&response_type=code&state=s&proxy=easyXDM_Kakao_x_provider&origin=${encodeURIComponent(SHOP)}`;
  const posted = (message: object) =>
    `<script>opener.postMessage("x postResponse "+${JSON.stringify(encodeURIComponent(JSON.stringify(message)))})</script>`;
  const handed = posted({ access_token: 'AT' });
  const denied = posted({ error: 'access_denied' });
  let popups = 0;
  const popup = (at: number, o: { form?: boolean; consent?: boolean; end?: string } = {}) => {
    const { form = true, consent = true, end = handed } = o;
    popups += 1;
    const tab = `page@popup${popups}`;
    const page = consent ? '<form method=post></form>' : end;
    const entries = [entry(at - 500, `${SHOP}/`, { tab: opener })];
    const again = `${ask}&through_account=true`;
    const formUrl = `https://accounts.kakao.com/login/?continue=${encodeURIComponent(again)}`;
    if (form)
      entries.push(
        entry(at, ask, { to: formUrl, from: `${SHOP}/`, tab }),
        entry(at + 2000, again, { from: 'https://accounts.kakao.com/', body: page, tab }),
      );
    else entries.push(entry(at, ask, { from: `${SHOP}/`, body: page, tab }));
    if (consent)
      entries.push(
        entry(at + 3000, 'https://kauth.kakao.com/oauth/authorize', {
          method: 'POST',
          form: new URL(ask).search.slice(1),
          from: form ? again : ask,
          body: end,
          tab,
        }),
      );
    return entries;
  };
  const frame = (at: number) =>
    entry(at, `https://kapi.kakao.com/cors/?xdm_e=${encodeURIComponent(SHOP)}&xdm_c=d&xdm_p=1`, {
      from: `${SHOP}/`,
      tab: opener,
      body: '<script></script>',
    });
  const inFrame = (at: number, path = '/v2/user/me', o: { status?: number; body?: unknown } = {}) =>
    entry(at, `https://kapi.kakao.com${path}`, {
      type: 'xhr',
      from: `https://kapi.kakao.com/cors/?xdm_e=${encodeURIComponent(SHOP)}&xdm_c=d&xdm_p=1`,
      tab: opener,
      body: user(ALICE, T0 + 3000),
      ...o,
    });

  test('user/me: completes a certain first login', async () =>
    expect(
      (await judgeHar([...popup(T0), frame(T0 + 3500), inFrame(T0 + 4000)], 30))[0],
    ).toMatchObject({
      verdict: 'complete',
      visibility: 'browser',
      login: { site: SHOP, clientId: KEY, kind: 'first' },
    }));

  test('cancel: is no login', async () =>
    expect(await verdictsOf(popup(T0, { end: denied }))).toEqual([]));

  test('cancel with an unknown body: is never a missed login', async () => {
    const entries = popup(T0, { end: denied });
    for (const e of entries) delete e.response.content.text;
    expect(await verdictsOf(entries)).not.toContain('missed');
  });

  test('no call: never complete', async () => {
    expect(await verdictsOf(popup(T0), 1)).toEqual(['pending']);
    expect(['missed', 'unseen']).toContain((await verdictsOf(popup(T0)))[0]);
  });

  test('call that is refused or does not count: the login is missed', async () => {
    const friends = inFrame(T0 + 4000, '/v1/api/talk/friends', {
      status: 403,
      body: { code: -402 },
    });
    expect(await verdictsOf([...popup(T0), frame(T0 + 3500), friends])).toEqual(['missed']);
    const info = inFrame(T0 + 4000, '/v1/user/access_token_info', { body: { id: ALICE } });
    expect(await verdictsOf([...popup(T0), frame(T0 + 3500), info])).toEqual(['missed']);
  });

  test('repeat: no consent, and its call completes the first login', async () => {
    const again = popup(T0 + HOUR, { form: false, consent: false });
    const said = await judgeHar(
      [...popup(T0), frame(T0 + 3500), ...again, inFrame(T0 + HOUR + 900)],
      30,
    );
    expect(said.map((v) => [v.verdict, v.login.kind])).toEqual([
      ['complete', 'first'],
      ['not-applicable', 'repeat'],
    ]);
  });

  test('repeat where both have their calls: one first login, complete', async () => {
    const again = popup(T0 + HOUR, { form: false, consent: false });
    expect(
      await verdictsOf([
        ...popup(T0),
        frame(T0 + 3500),
        inFrame(T0 + 4000),
        ...again,
        inFrame(T0 + HOUR + 900),
      ]),
    ).toEqual(['complete', 'not-applicable']);
  });

  test('advertisement’s frame in the page: does not take the call away', async () => {
    const ad = entry(T0 + 3600, 'https://ads.test/banner', { from: `${SHOP}/`, tab: opener });
    ad.request.headers.find((h) => h.name === 'Sec-Fetch-Dest')!.value = 'iframe';
    expect(await verdictsOf([...popup(T0), frame(T0 + 3500), ad, inFrame(T0 + 4000)])).toEqual([
      'complete',
    ]);
    const nameless = structuredClone(ad);
    nameless.request.headers = [];
    expect(
      await verdictsOf([...popup(T0), frame(T0 + 3500), nameless, inFrame(T0 + 4000)]),
    ).toEqual(['complete']);
  });
});

describe('SDK v2, popup that polls', () => {
  const opener = 'page@22222222222222222222222222222222';
  const more = '&is_popup=true&auth_tran_id=t&ka=sdk%2F2.6.0%20os%2Fjavascript';
  const poll = (at: number) =>
    entry(at, `https://kauth.kakao.com/apiweb/code.json?client_id=${KEY}&auth_tran_id=t`, {
      type: 'fetch',
      from: `${SHOP}/`,
      tab: opener,
      body: { status: 'error', error_code: '300' },
    });
  const popupLogin = (at: number, o: { consent?: boolean; form?: boolean } = {}) => {
    const all = login(at, { more, tab: 'page@popup', ...o });
    // The popup ends on Kakao's own page; the opener goes to the redirect URI.
    const callback = all.at(-1) as Entry;
    for (const e of all)
      if (e.response.redirectURL === callback.request.url) {
        e.response.redirectURL = 'https://kauth.kakao.com/public/popup/finish.html';
        e.response.headers = [];
      }
    return [
      entry(at - 900, `${SHOP}/`, { tab: opener }),
      poll(at + 1000),
      ...all.filter((e) => e !== callback && !e.request.url.startsWith(SHOP)),
      { ...callback, pageref: opener },
    ];
  };

  test('consent, then a call in the opener: completes', async () => {
    const said = await judgeHar(
      [...popupLogin(T0), exchange(T0 + 5000, { tab: opener }), me(T0 + 6000, { tab: opener })],
      30,
    );
    expect(said.map((v) => [v.verdict, v.login.clientId, v.login.site])).toEqual([
      ['complete', KEY, SHOP],
    ]);
    expect(said[0]?.login.kind).not.toBe('repeat');
  });

  test('no call: the first login is not complete', async () =>
    expect(await verdictsOf([...popupLogin(T0), exchange(T0 + 5000, { tab: opener })])).toEqual([
      'missed',
    ]));

  test('no consent seen: may be a repeat', async () => {
    const said = await judgeHar(
      [...popupLogin(T0, { consent: false, form: false }), exchange(T0 + 5000, { tab: opener })],
      30,
    );
    expect(said).toHaveLength(1);
    expect(said[0]?.login.kind).not.toBe('first');
    expect(said[0]?.certainty).toBe('likely');
  });
});

describe('files that start in the middle', () => {
  const tail = (entries: Entry[], from: string) =>
    entries.slice(entries.findIndex((e) => e.request.url.startsWith(from)));
  const server = login(T0, {
    timing: 'kakao;desc="POST /oauth/token 200", kakao;desc="GET /v2/user/me 200"',
  });

  test('file starts at the exchange: the login is known by it', async () => {
    const said = await judgeHar([exchange(T0 + 5000), me(T0 + 6000)], 30);
    expect(said.map((v) => [v.verdict, v.login.kind, v.login.clientId])).toEqual([
      ['complete', 'first', KEY],
    ]);
    const alone = await judgeHar([exchange(T0 + 5000)], 30);
    expect(alone.map((v) => [v.verdict, v.login.kind, v.certainty])).toEqual([
      ['missed', 'unknown', 'likely'],
    ]);
    const apart = exchange(T0 + 5000);
    const form = new URLSearchParams(apart.request.postData?.text);
    const params = [...form].map(([name, value]) => ({ name, value }));
    apart.request.postData = { mimeType: 'application/x-www-form-urlencoded', params };
    expect((await judgeHar([apart], 30)).map((v) => v.login.clientId)).toEqual([KEY]);
  });

  test('file starts at the redirect URI: the arrival from kauth is the login', async () => {
    const said = await judgeHar([...tail(first, `${SHOP}/cb`), me(T0 + 6000)], 30);
    expect(said.map((v) => [v.verdict, v.login.clientId])).toEqual([['complete', KEY]]);
    const onServer = await judgeHar(tail(server, `${SHOP}/cb`), 30);
    expect(onServer.map((v) => [v.verdict, v.login.kind, v.login.site])).toEqual([
      ['complete', 'unknown', SHOP],
    ]);
    expect(await verdictsOf(tail(login(T0), `${SHOP}/cb`))).toEqual(['unseen']);
  });

  test('another provider’s redirect: is no Kakao login', async () =>
    expect(
      await verdictsOf([entry(T0, `${SHOP}/cb?code=X`, { from: 'https://accounts.google.test/' })]),
    ).toEqual([]));

  test('file starts at the consent form’s answer: the form names the app', async () => {
    const post = first.findIndex((e) => e.request.method === 'POST');
    const said = await judgeHar(first.slice(post), 30);
    expect(said.map((v) => [v.verdict, v.login.kind, v.login.clientId])).toEqual([
      ['missed', 'unknown', KEY],
    ]);
    const onServer = server.slice(server.findIndex((e) => e.request.method === 'POST'));
    const [answer] = onServer;
    if (!answer) throw new Error('no form');
    const { postData } = answer.request;
    delete answer.request.postData;
    expect((await judgeHar(onServer, 30)).map((v) => v.login.clientId)).toEqual([KEY]);
    if (postData) answer.request.postData = postData;
    answer.request.headers = answer.request.headers.filter((h) => h.name !== 'Referer');
    expect((await judgeHar(onServer, 30)).map((v) => [v.verdict, v.login.clientId])).toEqual([
      ['complete', KEY],
    ]);
  });

  test('file starts behind the login form: the login is not seen whole', async () => {
    const back = first.findIndex((e) => e.request.url.endsWith('through_account=true'));
    const said = await judgeHar(first.slice(back), 30);
    expect(said.map((v) => [v.verdict, v.certainty, v.login.clientId])).toEqual([
      ['missed', expect.any(String), KEY],
    ]);
  });

  test('file ends before the code: no login', async () =>
    expect(await verdictsOf(login(T0).slice(0, -2))).toEqual([]));

  test('calls without a login: no login', async () =>
    expect(await verdictsOf([me(T0), entry(T0 + 1, ME, { type: 'xhr' })])).toEqual([]));
});
