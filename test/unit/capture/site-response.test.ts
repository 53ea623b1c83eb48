import { expect, test } from 'vitest';
import { captureSiteResponse } from '../../../utils/capture/site-response.ts';
import type { Observation } from '../../../utils/model/observation.ts';
import { firstLogin, observe, SITE, T0 } from '../fixtures.ts';
import { judge } from '../verdict/judge-history.ts';

const answer = (value: string, more: { fromCache?: boolean; etag?: boolean } = {}) =>
  captureSiteResponse({
    url: `${SITE}/api/me`,
    type: 'xmlhttprequest',
    initiator: SITE,
    fromCache: more.fromCache ?? false,
    responseHeaders: [
      { name: 'Server-Timing', value },
      ...(more.etag ? [{ name: 'ETag', value: 'W/"1"' }] : []),
    ],
  });
const told = (at: number, got: ReturnType<typeof answer>): Observation[] =>
  (got?.reports ?? []).map((fact, i) => observe(fact, at + i, { source: 'server' }));

test('report on an answer that the server confirmed by 304: no certain miss', () => {
  const me = answer('kakao;desc="GET /v2/user/me 200"', { fromCache: true, etag: true });
  const history = [
    ...firstLogin(T0),
    ...told(T0 + 3500, answer('kakao;desc="POST /oauth/token 200"')),
    ...told(T0 + 5000, me),
  ];
  for (const hours of [1, 25, 50])
    expect(judge(history, hours)[0]).toMatchObject({ verdict: 'complete', certainty: 'likely' });
});

test('cached answer that nobody can confirm: is an old one', () => {
  expect(answer('kakao;desc="GET /v2/user/me 200"', { fromCache: true })).toBeNull();
});

test('report beside a metric that is no UTF-8: is read', () => {
  // As Chrome gives a header with Korean in EUC-KR.
  const header = 'db;desc="\xc1\xb6\xc8\xb8", kakao;desc="GET /v2/user/me 200"';
  const binaryValue = [...header].map((c) => c.charCodeAt(0));
  const read = captureSiteResponse({
    url: `${SITE}/api/me`,
    type: 'xmlhttprequest',
    initiator: SITE,
    responseHeaders: [{ name: 'Server-Timing', binaryValue }],
  });
  expect(read).toMatchObject({ reports: [{ type: 'api', path: '/v2/user/me', status: 200 }] });
});

test("page of another domain in a frame: reports of its own site, as no answer to the site's page does", () => {
  const asked = (type: string, url: string) =>
    captureSiteResponse({
      url,
      type,
      initiator: 'https://partner.test',
      responseHeaders: [{ name: 'Server-Timing', value: 'kakao;desc="GET /v2/user/me 200"' }],
    })?.site;
  expect(asked('sub_frame', `${SITE}/widget`)).toBe(SITE);
  expect(asked('sub_frame', 'https://pay.partner.test/')).toBe('https://partner.test');
  expect(asked('xmlhttprequest', 'https://partner-api.test/me')).toBe('https://partner.test');
});
