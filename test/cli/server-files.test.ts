import { Buffer } from 'node:buffer';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../../utils/report/document.ts';
import { writeJson } from '../../utils/report/formats/json.ts';
import { reevaluate } from '../../utils/report/import/reevaluate.ts';
import {
  egressHar,
  otlp,
  span,
  traceparent,
  type Recorded,
} from '../unit/capture/back-end/back-end-records.ts';
import { liveObservations, replayed } from '../unit/capture/har-as-live-traffic.ts';
import { CASES } from '../unit/report/samples.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'linkwatch-server-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DARK = join(CASES, 'server-dark-me.har');
/** When the callback of that recording was asked for, epoch ms. */
const CALLBACK = Date.parse('2026-11-22T12:44:08.534Z');
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const OTHER_TRACE = 'aaf92f3577b34da6a3ce929d0e0e4736';
const TOKEN_URL = 'https://kauth.kakao.com/oauth/token';
const ME = 'https://kapi.kakao.com/v2/user/me';
const ACCESS = 'ACCESS-5d0c3f1b9a8e7264';
const CODE = 'CODE-14098a5d150bfef759ac9c3d43783e99';

const HOUR = 3_600_000;

let files = 0;
function save(text: string, extension: string): string {
  files += 1;
  const path = join(folder, `file-${files}.${extension}`);
  writeFileSync(path, text);
  return path;
}
const saveEgress = (calls: readonly Recorded[]) => save(JSON.stringify(egressHar(calls)), 'har');
const saveSpans = (...requests: unknown[]) =>
  save(requests.map((request) => `${JSON.stringify(request)}\n`).join(''), 'jsonl');

const exchange = (more: Partial<Recorded> = {}): Recorded => ({
  at: CALLBACK + 12,
  method: 'POST',
  url: TOKEN_URL,
  form: {
    grant_type: 'authorization_code',
    client_id: 'rest-key-01',
    redirect_uri: 'https://server.shop.test/cb',
    code: CODE,
  },
  body: { access_token: ACCESS, token_type: 'bearer' },
  ...more,
});
const profile = (more: Partial<Recorded> = {}): Recorded => ({
  at: CALLBACK + 25,
  url: ME,
  bearer: ACCESS,
  body: { id: 4_012_345_678 },
  ...more,
});

/** The recording with the header by which its callback's answer tells a trace. */
function toldHar(trace: string, from = DARK): string {
  return reportedHar(`total;dur=40, traceparent;desc="${traceparent(trace)}"`, from);
}

/** The recording with a `Server-Timing` header at its callback's answer. */
function reportedHar(value: string, from = DARK): string {
  const har = JSON.parse(readFileSync(from, 'utf8')) as {
    log: { entries: { request: { url: string }; response: { headers: unknown[] } }[] };
  };
  for (const { request, response } of har.log.entries)
    if (request.url.includes('/cb?code=')) response.headers.push({ name: 'Server-Timing', value });
  return save(JSON.stringify(har), 'har');
}

/** Judges a recording, or several together, with a server's files; the app is known to link automatically unless `mode` is null. */
async function judged(
  recorded: string | string[],
  server: string[],
  at = '+30h',
  mode: string | null = 'auto',
) {
  const args = server.flatMap((file) => ['--server', file]);
  if (mode) args.push('--link-mode', `rest-key-01=${mode}`);
  const given = Array.isArray(recorded) ? [...recorded, '--merge'] : [recorded];
  const ran = await run(['check', ...given, ...args, '--at', at, '--format', 'json']);
  expect(ran.code, ran.error).toBeLessThan(2);
  const report = JSON.parse(ran.out) as Report;
  const [login, ...others] = report.logins;
  expect(others).toEqual([]);
  return { login, report, note: ran.error, out: ran.out };
}

const COMPLETE = {
  verdict: 'complete',
  verdictCertainty: 'certain',
  visibility: 'server-reported',
  completedBy: { source: 'server', method: 'GET', path: '/v2/user/me', status: 200 },
};
const LIKELY = {
  verdict: 'complete',
  verdictCertainty: 'likely',
  verdictDoubt: 'account-unknown',
};

test('login of a silent server: is unseen without its records', async () => {
  const { login, note } = await judged(DARK, []);
  expect(login).toMatchObject({ verdict: 'unseen', visibility: 'none' });
  expect(note).toBe('');
});

describe('a proxy’s recording of the back end’s calls', () => {
  test('code and token of the login: complete, certainly', async () => {
    const { login, note, out } = await judged(DARK, [saveEgress([exchange(), profile()])]);
    expect(login).toMatchObject(COMPLETE);
    expect(note).toMatch(/: 2\. Surely .*: 2\. Likely .*: 0\. Not joined .*: 0\./);
    for (const secret of [CODE, ACCESS, '4012345678']) expect(out).not.toContain(secret);
  });

  test('report of it: is imported again and says the same', async () => {
    const { out, login } = await judged(DARK, [saveEgress([exchange(), profile()])]);
    const again = await run(['check', save(out, 'json'), '--at', '+30h', '--format', 'json']);
    expect(again.code, again.error).toBe(0);
    expect((JSON.parse(again.out) as Report).logins).toMatchObject([
      { id: login?.id, ...COMPLETE },
    ]);
  });

  test('link mode: is learnt from the body of the profile call', async () => {
    const file = saveEgress([exchange(), profile()]);
    const { login } = await judged(DARK, [file], '+30h', null);
    expect(login).toMatchObject(COMPLETE);
  });

  describe('given with a report that was exported before, whose app keys are masked', () => {
    /** A report of the recording and of what a proxy recorded. */
    const reportOf = async (calls: Recorded[]) =>
      save((await judged(DARK, calls.length ? [saveEgress(calls)] : [])).out, 'json');
    const later = profile({ at: CALLBACK + 2 * HOUR });
    const subject = Buffer.from('{"sub":"4012345678"}').toString('base64url');
    const told = exchange({ body: { access_token: ACCESS, id_token: `e30.${subject}.c2ln` } });

    test('its login is joined by time', async () => {
      const { login } = await judged(await reportOf([]), [saveEgress([exchange(), profile()])]);
      expect(login).toMatchObject(LIKELY);
    });

    test('the same by a clock nine hours off Kakao’s, which its answers tell', async () => {
      const har = egressHar([exchange(), profile()]) as {
        log: { entries: { startedDateTime: string; response: { headers: object[] } }[] };
      };
      for (const entry of har.log.entries) {
        const at = Date.parse(entry.startedDateTime);
        entry.response.headers.push({ name: 'Date', value: new Date(at).toUTCString() });
        entry.startedDateTime = new Date(at + 9 * HOUR).toISOString();
      }
      const { login } = await judged(await reportOf([]), [save(JSON.stringify(har), 'har')]);
      expect(login).toMatchObject(LIKELY);
    });

    test('token of an exchange that the report tells of: is no other user’s', async () => {
      const { login } = await judged(await reportOf([told]), [saveEgress([told, later])]);
      expect(login).toMatchObject(LIKELY);
    });

    test('the same by a clock that is off: is no other user’s either', async () => {
      const off = [told, later].map((call) => ({ ...call, at: call.at + 3 * 60_000 }));
      const { login } = await judged(await reportOf([told]), [saveEgress(off)]);
      expect(login).toMatchObject(LIKELY);
    });

    test('call with the admin key about a user: may be about the login’s', async () => {
      const url = `${ME}?target_id_type=user_id&target_id=4012345678`;
      const call = { at: CALLBACK + 2 * HOUR, url, body: { id: 4_012_345_678 } };
      const { login } = await judged(await reportOf([told]), [saveEgress([call])]);
      expect(login).toMatchObject(LIKELY);
    });
  });

  test('exchange alone, then nothing: missed, certainly', async () => {
    const { login } = await judged(DARK, [saveEgress([exchange()])]);
    expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'certain' });
  });

  const refresh = (sent: string, issued: string): Recorded => ({
    at: CALLBACK + HOUR,
    method: 'POST',
    url: TOKEN_URL,
    form: { grant_type: 'refresh_token', client_id: 'rest-key-01', refresh_token: sent },
    body: { access_token: issued, token_type: 'bearer' },
  });
  const REFRESH = 'REFRESH-7d1f0a9b8c6e5342';
  const both = { body: { access_token: ACCESS, refresh_token: REFRESH, token_type: 'bearer' } };
  const OTHER = 'OTHER-91c3f7e5a8b2d604';

  test.each<[string, Recorded[], object]>([
    ['of its refreshed token', [refresh(REFRESH, OTHER), profile({ bearer: OTHER })], COMPLETE],
    ['without a token', [profile({ bearer: undefined })], LIKELY],
    ['with a masked token', [profile({ bearer: '***' })], LIKELY],
    [
      'of a token that was refreshed with a masked one',
      [refresh('***', OTHER), profile({ bearer: OTHER })],
      LIKELY,
    ],
    [
      'of another user’s token',
      [profile({ bearer: OTHER })],
      { verdict: 'missed', verdictCertainty: 'certain' },
    ],
    [
      'of a token that was refreshed with another user’s',
      [
        exchange({
          form: { grant_type: 'authorization_code', code: 'CODE-00008a5d150bfef759ac9c3d43783e99' },
          body: { access_token: 'ANOTHER-0a1b2c3d4e5f', refresh_token: 'RT-ANOTHER-0a1b2c3d' },
        }),
        refresh('RT-ANOTHER-0a1b2c3d', OTHER),
        profile({ bearer: OTHER }),
      ],
      { verdict: 'missed', verdictCertainty: 'certain' },
    ],
  ])('call %s: is said as far as it is known', async (_, calls, expected) => {
    const last = calls.map((c, i) => ({ ...c, at: CALLBACK + HOUR + i * 1000 }));
    const { login } = await judged(DARK, [saveEgress([exchange(both), ...last])]);
    expect(login).toMatchObject(expected);
  });

  test('unlink of its user by admin key: unlinked', async () => {
    const unlink: Recorded = {
      at: CALLBACK + 50 * HOUR,
      method: 'POST',
      url: 'https://kapi.kakao.com/v1/user/unlink',
      form: { target_id_type: 'user_id', target_id: '4012345678' },
      body: { id: 4_012_345_678 },
    };
    const file = saveEgress([exchange(), profile(), unlink]);
    const { login } = await judged(DARK, [file], '+60h');
    expect(login).toMatchObject({ verdict: 'unlinked', verdictCertainty: 'certain' });
  });

  test('another user’s code: is not joined, though all else fits', async () => {
    const other = exchange();
    const form = { ...other.form, code: 'CODE-00008a5d150bfef759ac9c3d43783e99' };
    const { login, note } = await judged(DARK, [saveEgress([{ ...other, form }, profile()])]);
    expect(login).toMatchObject({ verdict: 'unseen', visibility: 'none', calls: [] });
    expect(note).toMatch(/: 2\. Surely .*: 0\. Likely .*: 0\. Not joined .*: 2\./);
  });

  test('one placeholder for all users’ codes and tokens: says whose a call is no more than none', async () => {
    const [code, token] = ['<KAKAO_AUTHORIZATION_CODE>', '<KAKAO_ACCESS_TOKEN>'];
    const own = exchange({ trace: TRACE, body: { access_token: token } });
    const form = { ...own.form, code };
    const others = profile({ at: CALLBACK + HOUR, bearer: token });
    const { login } = await judged(toldHar(TRACE), [saveEgress([{ ...own, form }, others])]);
    expect(login).toMatchObject(LIKELY);
  });

  test('call with a masked token, logins of two sites: may be of each', async () => {
    const otherCode = 'CODE-77008a5d150bfef759ac9c3d43783e99';
    const har = JSON.parse(readFileSync(DARK, 'utf8')) as { log: { entries: object[] } };
    const text = JSON.stringify(har.log.entries)
      .replaceAll('server.shop.test', 'second.shop.test')
      .replaceAll('rest-key-01', 'rest-key-02')
      .replaceAll(CODE, otherCode)
      .replaceAll('T12:44', 'T12:45');
    har.log.entries.push(...(JSON.parse(text) as object[]));
    const second = exchange({
      at: CALLBACK + 60_012,
      form: {
        grant_type: 'authorization_code',
        client_id: 'rest-key-02',
        redirect_uri: 'https://second.shop.test/cb',
        code: otherCode,
      },
    });
    const masked = { body: { access_token: '***' } };
    const file = saveEgress([
      exchange(masked),
      { ...second, ...masked },
      profile({ at: CALLBACK + HOUR, bearer: '***' }),
    ]);
    const args = ['check', save(JSON.stringify(har), 'har'), '--server', file, '--at', '+30h'];
    for (const key of ['01', '02']) args.push('--link-mode', `rest-key-${key}=auto`);
    const { logins } = JSON.parse((await run([...args, '--format', 'json'])).out) as Report;
    expect(logins).toHaveLength(2);
    for (const { verdictCertainty, verdictDoubt } of logins)
      expect({ verdictCertainty, verdictDoubt }).toEqual({
        verdictCertainty: 'likely',
        verdictDoubt: 'account-unknown',
      });
  });

  test.each<[string, string | undefined, object]>([
    ['no token', undefined, LIKELY],
    ['a masked token', '***', LIKELY],
    ['a token whose issue was not recorded', 'OTHER-91c3f7e5a8b2d604', LIKELY],
  ])('site reports its exchange, call with %s: may be the login’s', async (_, bearer, expected) => {
    const har = reportedHar('kakao;desc="POST /oauth/token 200"');
    const own = exchange({ body: {} });
    const form = { ...own.form, code: '***' };
    const later = profile({ at: CALLBACK + HOUR, bearer });
    const { login } = await judged(har, [saveEgress([{ ...own, form }, later])]);
    expect(login).toMatchObject(expected);
  });

  test('site reports its exchange, token known, call with another: missed, certainly', async () => {
    const later = profile({ at: CALLBACK + HOUR, bearer: 'OTHER-91c3f7e5a8b2d604' });
    const file = saveEgress([exchange(), later]);
    const { login } = await judged(reportedHar('kakao;desc="POST /oauth/token 200"'), [file]);
    expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'certain' });
  });

  test('files of two days: a token is known in the second from the first', async () => {
    const days = [saveEgress([exchange()]), saveEgress([profile({ at: CALLBACK + HOUR })])];
    const { login, note } = await judged(DARK, days);
    expect(login).toMatchObject(COMPLETE);
    expect(note).toMatch(/: 2\. Surely .*: 2\./);
  });

  test('files that overlap: a call in both is taken once', async () => {
    const calls = [exchange({ trace: OTHER_TRACE }), profile()];
    const { login, note } = await judged(DARK, [saveEgress(calls), saveEgress(calls)]);
    expect(login).toMatchObject(COMPLETE);
    expect(note).toMatch(/: 2\. Surely .*: 2\./);
  });

  describe('two proxies in one file, one behind the other', () => {
    /** The calls as the proxy in front recorded them: each begins sooner and ends later. */
    const inFront = (calls: readonly Recorded[]) => {
      const har = egressHar(calls) as { log: { entries: Record<string, unknown>[] } };
      for (const [i, entry] of har.log.entries.entries()) {
        entry['startedDateTime'] = new Date((calls[i]?.at ?? 0) - 7).toISOString();
        entry['time'] = 10;
      }
      return har;
    };
    const chained = (calls: readonly Recorded[]) => {
      const har = inFront(calls);
      const behind = egressHar(calls) as typeof har;
      har.log.entries.push(...behind.log.entries);
      return save(JSON.stringify(har), 'har');
    };

    test('call in both: is one, and the code and token are no masks', async () => {
      const calls = [exchange({ trace: TRACE }), profile({ trace: TRACE })];
      for (const har of [DARK, toldHar(TRACE)]) {
        const { login, note } = await judged(har, [chained(calls)]);
        expect(login).toMatchObject(COMPLETE);
        expect(note).toMatch(/: 2\. Surely .*: 2\./);
      }
    });

    test('one placeholder for all codes and tokens: still says nothing', async () => {
      const [code, token] = ['KAKAO_AUTHORIZATION_CODE', 'KAKAO_ACCESS_TOKEN'];
      const own = exchange({ trace: TRACE, body: { access_token: token } });
      const masked = { ...own, form: { ...own.form, code } };
      const other = { ...masked, trace: OTHER_TRACE, at: CALLBACK + HOUR };
      const others = profile({ at: CALLBACK + HOUR + 9, bearer: token });
      const { login } = await judged(toldHar(TRACE), [chained([masked, other, others])]);
      expect(login).toMatchObject(LIKELY);
    });
  });

  test('masked code and body: likely, by time and trace', async () => {
    const other = exchange({ trace: OTHER_TRACE, body: { access_token: '***' } });
    const form = { ...other.form, code: '[REDACTED]' };
    const calls = [{ ...other, form }, profile({ trace: OTHER_TRACE, bearer: '***' })];
    const { login, note } = await judged(DARK, [saveEgress(calls)]);
    expect(login).toMatchObject(LIKELY);
    expect(note).toMatch(/Surely .*: 0\. Likely .*: 2\./);
  });

  test('masked exchange of another app: is not joined', async () => {
    const other = exchange({ trace: OTHER_TRACE });
    const form = { ...other.form, code: '***', client_id: 'rest-key-99' };
    const { login } = await judged(DARK, [
      saveEgress([{ ...other, form }, profile({ trace: OTHER_TRACE, bearer: '***' })]),
    ]);
    expect(login).toMatchObject({ verdict: 'unseen', calls: [] });
  });

  test('another user’s code in the same trace: is not joined, nor are calls with its token', async () => {
    const form = { ...exchange().form, code: 'CODE-00008a5d150bfef759ac9c3d43783e99' };
    const calls = [exchange({ trace: TRACE, form }), profile({ trace: TRACE })];
    const { login, note } = await judged(toldHar(TRACE), [saveEgress(calls)]);
    expect(login).toMatchObject({ verdict: 'unseen', calls: [] });
    expect(note).toMatch(/Not joined .*: 2\./);
  });

  test('trace told by the callback’s answer: complete, certainly', async () => {
    const calls = [exchange({ trace: TRACE, form: {} }), profile({ trace: TRACE, bearer: '***' })];
    const { login } = await judged(toldHar(TRACE), [saveEgress(calls)]);
    expect(login).toMatchObject(COMPLETE);
  });

  test('call with the token 30 hours later: late', async () => {
    const at = CALLBACK + 30 * 3_600_000;
    const { login } = await judged(DARK, [saveEgress([exchange(), profile({ at })])], '+25h');
    expect(login).toMatchObject({ verdict: 'late', completedAt: new Date(at).toISOString() });
  });
});

test('call that the site, spans and a proxy tell of: is told once', async () => {
  const refused = profile({ status: 401, body: { code: -401 }, trace: TRACE });
  const calls = [exchange({ trace: TRACE }), refused];
  const reports = ['POST /oauth/token 200', 'GET /v2/user/me 401 code=-401'];
  const har = reportedHar(
    [
      ...reports.map((desc) => `kakao;desc="${desc}"`),
      `traceparent;desc="${traceparent(TRACE)}"`,
    ].join(', '),
  );
  const spans = saveSpans(otlp(calls.map((call) => span(call))));
  const { login } = await judged(har, [spans, saveEgress(calls)]);
  expect(login?.calls).toMatchObject([{ status: 401, code: -401 }]);
});

describe('a HAR and the same browser’s report', () => {
  /** The browser's report of a HAR's traffic, as its extension tells it. */
  function ownReport(har: string): string {
    const file = JSON.parse(readFileSync(har, 'utf8')) as object;
    const at = CALLBACK + HOUR;
    const name = { id: 'own', name: 'own', tester: '', build: '', notes: '' };
    const { report } = reevaluate(
      {
        about: null,
        observations: liveObservations(replayed(file, 'chrome')),
        takenAt: at,
        report: {
          session: { ...name, startedAt: null, endedAt: null },
          generator: { name: 'Linkwatch', version: '0', browser: 'chrome' },
          generatedAt: new Date(at).toISOString(),
          counts: { dropped: 0 },
        },
      },
      at,
      { wholeClientIds: true },
    );
    return save(writeJson(report), 'json');
  }
  const masked = exchange({ form: { ...exchange().form, code: '***' }, body: {} });
  const own = exchange({ form: { ...exchange().form, code: '***' }, trace: TRACE });
  const other = exchange({
    at: CALLBACK + 100,
    form: { ...exchange().form, code: 'CODE-00008a5d150bfef759ac9c3d43783e99' },
    body: { access_token: 'ANOTHER-0a1b2c3d4e5f' },
  });

  test.each<[string, Recorded[], object]>([
    ['code and token', [exchange(), profile()], COMPLETE],
    ['code, beside another user’s of the same moment', [exchange(), other, profile()], COMPLETE],
    ['trace', [own, profile({ trace: TRACE })], COMPLETE],
    ['code, and no call', [exchange()], { verdict: 'missed', verdictCertainty: 'certain' }],
    ['time alone', [masked, profile({ bearer: undefined })], LIKELY],
    ['nothing', [other], { verdict: 'unseen' }],
  ])(
    'login joined by its %s: is shown once, as sure as the HAR says it',
    async (_, calls, expected) => {
      const har = toldHar(TRACE);
      const server = saveEgress(calls);
      const pair = [har, ownReport(har)];
      for (const given of [pair, pair.toReversed()]) {
        const { login, out } = await judged(given, [server]);
        expect(login).toMatchObject(expected);
        const again = await judged([save(out, 'json'), har], [server]);
        expect(again.login).toMatchObject(expected);
      }
    },
  );

  test('spans, which are sampled, without a call: missed, but not surely', async () => {
    const har = toldHar(TRACE);
    const server = saveSpans(otlp([span({ ...exchange(), trace: TRACE })]));
    const { login } = await judged([har, ownReport(har)], [server]);
    expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'likely' });
  });

  test('call in the trace of another tab, that only the HAR tells: no sure miss', async () => {
    const har = JSON.parse(readFileSync(toldHar(TRACE), 'utf8')) as {
      log: { entries: { request: { url: string } }[] };
    };
    const callback = har.log.entries.find(({ request }) => request.url.includes('/cb?code='));
    const visit = JSON.parse(
      JSON.stringify(callback)
        .replaceAll(TRACE, OTHER_TRACE)
        .replaceAll(/\/cb\?code=[^"]*/g, '/my'),
    ) as object;
    const startedDateTime = new Date(CALLBACK + HOUR).toISOString();
    har.log.entries.push({ ...visit, startedDateTime, pageref: 'page_9' } as never);
    const file = save(JSON.stringify(har), 'har');
    const hidden = { ...masked, trace: TRACE };
    const later = profile({ at: CALLBACK + HOUR + 10, trace: OTHER_TRACE });
    const server = saveEgress([hidden, { ...masked, at: CALLBACK + 50 }, later]);
    expect((await judged(file, [server])).login).toMatchObject(COMPLETE);
    const { login } = await judged([file, ownReport(file)], [server]);
    expect(`${login?.verdict} ${login?.verdictCertainty}`).not.toBe('missed certain');
  });

  test('call that the site reports as well: is told once', async () => {
    const har = reportedHar('kakao;desc="POST /oauth/token 200", kakao;desc="GET /v2/user/me 200"');
    const { login } = await judged([har, ownReport(har)], [saveEgress([exchange(), profile()])]);
    expect(login).toMatchObject(COMPLETE);
    expect(login?.calls).toHaveLength(1);
  });
});

describe('spans of the back end', () => {
  const spans = (trace: string, old = false) => [
    span({ ...exchange(), trace }, { old }),
    span({ ...profile(), trace }, { old }),
  ];

  test.each([
    ['semantic conventions of now', false],
    ['semantic conventions of before', true],
  ])('trace told by the callback’s answer, %s: complete, certainly', async (_, old) => {
    const { login, note } = await judged(toldHar(TRACE), [saveSpans(otlp(spans(TRACE, old)))]);
    expect(login).toMatchObject(COMPLETE);
    expect(note).toMatch(/Surely .*: 2\. Likely .*: 0\. Not joined .*: 0\./);
  });

  test('link mode not known: complete, with that doubt, since spans hold no bodies', async () => {
    const file = saveSpans(otlp(spans(TRACE)));
    const { login } = await judged(toldHar(TRACE), [file], '+30h', null);
    expect(login).toMatchObject({ verdict: 'complete', verdictDoubt: 'link-mode-unknown' });
  });

  test('server’s clock a minute behind: complete, certainly', async () => {
    const behind = spans(TRACE).map((s) => ({
      ...s,
      endTimeUnixNano: String(BigInt(String(s['endTimeUnixNano'])) - 60_000_000_000n),
    }));
    const { login } = await judged(toldHar(TRACE), [saveSpans(otlp(behind))]);
    expect(login).toMatchObject(COMPLETE);
  });

  const UNLINK = 'https://kapi.kakao.com/v1/user/unlink';
  const header = (stringValue: string) => ({
    key: 'http.request.header.authorization',
    value: { arrayValue: { values: [{ stringValue }] } },
  });

  test('unlink without its headers: may be of another user, whom the admin key names', async () => {
    const unlink: Recorded = { at: CALLBACK + 60_000, method: 'POST', url: UNLINK, trace: TRACE };
    for (const more of [[], [header('[REDACTED]')]]) {
      const file = saveSpans(otlp([...spans(TRACE), span(unlink, { more })]));
      const { login } = await judged(toldHar(TRACE), [file]);
      expect(login?.verdict === 'unlinked' && login.verdictCertainty === 'certain').toBe(false);
    }
    const bearer = saveSpans(otlp([...spans(TRACE), span(unlink, { more: [header('Bearer x')] })]));
    const { login } = await judged(toldHar(TRACE), [bearer]);
    expect(login).toMatchObject({ verdict: 'unlinked', verdictCertainty: 'certain' });
  });

  test('profile by POST without its headers: surely the login’s only where its trace got the token', async () => {
    const profiled = (at: number) =>
      span({ at, method: 'POST', url: ME, trace: TRACE }, { more: [] });
    const [exchanged = {}] = spans(TRACE);
    const before = saveSpans(otlp([profiled(CALLBACK + 2), exchanged]));
    const { login: doubtful } = await judged(toldHar(TRACE), [before]);
    expect(doubtful?.verdictCertainty).toBe('likely');
    const { login } = await judged(toldHar(TRACE), [
      saveSpans(otlp([exchanged, profiled(CALLBACK + 25)])),
    ]);
    expect(login).toMatchObject({ verdict: 'complete', verdictCertainty: 'certain' });
  });

  test('trace told, no profile call among the spans: missed, but not surely, as spans are sampled', async () => {
    const { login } = await judged(toldHar(TRACE), [saveSpans(otlp(spans(TRACE).slice(0, 1)))]);
    expect(login).toMatchObject({ verdict: 'missed', verdictCertainty: 'likely' });
    expect(login?.verdictDoubt).toBe('token-handed-over');
  });

  test('job in the trace of a login, after another login in its tab: is of the first', async () => {
    const told = (trace: string) =>
      JSON.parse(readFileSync(toldHar(trace), 'utf8')) as { log: { entries: object[] } };
    const har = told(TRACE);
    const text = JSON.stringify(told(OTHER_TRACE).log.entries)
      .replaceAll(CODE, 'CODE-77008a5d150bfef759ac9c3d43783e99')
      .replaceAll('T12:44', 'T12:45');
    har.log.entries.push(...(JSON.parse(text) as object[]));
    const file = saveSpans(
      otlp([
        span(exchange({ trace: TRACE })),
        span(exchange({ trace: OTHER_TRACE, at: CALLBACK + 60_012 })),
        span(profile({ trace: TRACE, at: CALLBACK + HOUR })),
      ]),
    );
    const args = ['check', save(JSON.stringify(har), 'har'), '--server', file, '--at', '+30h'];
    args.push('--link-mode', 'rest-key-01=auto', '--format', 'json');
    const { logins } = JSON.parse((await run(args)).out) as Report;
    const inOrder = logins.toSorted((a, b) => a.loggedInAt.localeCompare(b.loggedInAt));
    expect(inOrder).toMatchObject([
      { verdict: 'complete', verdictCertainty: 'certain' },
      { verdict: 'missed', verdictCertainty: 'likely' },
    ]);
  });

  test('no trace told: complete, likely, by the exchange in time', async () => {
    const { login } = await judged(DARK, [saveSpans(otlp(spans(OTHER_TRACE)))]);
    expect(login).toMatchObject(LIKELY);
  });

  test('another trace told: spans are another user’s', async () => {
    const { login } = await judged(toldHar(TRACE), [saveSpans(otlp(spans(OTHER_TRACE)))]);
    expect(login).toMatchObject({ verdict: 'unseen', calls: [] });
  });

  test('trace with the exchanges of two users: ties neither', async () => {
    const later = spans(TRACE).map((one) => ({ ...one, spanId: 'fff19b7ec3c1b174' }));
    const file = saveSpans(otlp([...spans(TRACE), ...later]));
    const { login } = await judged(toldHar(TRACE), [file]);
    expect(login).toMatchObject({ verdict: 'unseen', calls: [] });
  });

  test('exchanges of two users in time: neither is joined', async () => {
    const third = OTHER_TRACE.replace('aa', 'bb');
    const { login } = await judged(DARK, [saveSpans(otlp(spans(OTHER_TRACE)), otlp(spans(third)))]);
    expect(login).toMatchObject({ verdict: 'unseen', calls: [] });
  });

  test('server span of another path: its exchange is not joined', async () => {
    const server = span(
      { at: CALLBACK + 40, url: 'https://server.shop.test/other', trace: OTHER_TRACE },
      { kind: 2 },
    );
    const elsewhere = await judged(DARK, [saveSpans(otlp([server, ...spans(OTHER_TRACE)]))]);
    expect(elsewhere.login).toMatchObject({ verdict: 'unseen' });
    const path = { key: 'url.path', value: { stringValue: '/cb' } };
    const address = { key: 'server.address', value: { stringValue: 'server.shop.test' } };
    const own = { ...server, attributes: [path, address] };
    const here = await judged(DARK, [saveSpans(otlp([own, ...spans(OTHER_TRACE)]))]);
    expect(here.login).toMatchObject(LIKELY);
  });

  test('report of spans: is imported again and says the same', async () => {
    const { out } = await judged(toldHar(TRACE), [saveSpans(otlp(spans(TRACE).slice(0, 1)))]);
    const again = await run(['check', save(out, 'json'), '--at', '+30h', '--format', 'json']);
    expect((JSON.parse(again.out) as Report).logins).toMatchObject([
      { verdict: 'missed', verdictCertainty: 'likely' },
    ]);
  });

  test('report that was exported before: its login is joined by time', async () => {
    const { out } = await judged(DARK, []);
    const report = save(out, 'json');
    const { login } = await judged(report, [saveSpans(otlp(spans(OTHER_TRACE)))]);
    expect(login).toMatchObject(LIKELY);
  });
});

test('files of several servers, one of them empty: the others are read', async () => {
  const [empty, own] = [save('\n', 'jsonl'), saveEgress([exchange(), profile()])];
  for (const given of [
    [empty, own],
    [own, empty],
  ])
    expect((await judged(DARK, given)).login).toMatchObject(COMPLETE);
  const { code, error } = await run(['check', DARK, '--server', empty, '--server', empty]);
  expect(code).toBe(2);
  expect(error).toContain('empty');
});

test('spans instead of a recording: exit code 2, and how to give them', async () => {
  const { code, error } = await run(['check', saveSpans(otlp([]))]);
  expect(code).toBe(2);
  expect(error).toContain('--server');
});

describe('files that are no records of a back end', () => {
  test.each([
    ['a report', '{"format":"linkwatch-report"}', 'neither a HAR of a proxy nor OTLP'],
    ['no JSON', 'GET /v2/user/me', 'not JSON'],
    ['nothing', '', 'empty'],
  ])('%s: exit code 2 and one line', async (_, text, words) => {
    const { code, error } = await run(['check', DARK, '--server', save(text, 'txt')]);
    expect(code).toBe(2);
    expect(error).toContain(words);
    expect(error.trim().split('\n')).toHaveLength(1);
  });

  test('last line cut short: the others are read', async () => {
    const whole = JSON.stringify(otlp([span({ ...profile(), trace: TRACE })]));
    const file = save(`${whole}\n${whole.slice(0, 80)}`, 'jsonl');
    const { note } = await judged(DARK, [file]);
    expect(note).toContain('files: 1.');
  });
});

test('packed file of a server: that is said', async () => {
  const stdin = Readable.from([gzipSync('{"resourceSpans":[]}')]);
  const { code, error } = await run(['check', 'v2-me.har', '--server', '-'], { stdin });
  expect([code, error]).toEqual([
    2,
    'linkwatch: standard input: The file is packed. Unpack it, and choose the file that is in it.\n',
  ]);
});
