import { expect, test } from 'vitest';
import { readEgress } from '../../../../utils/capture/back-end/egress-har.ts';
import { joinBackEndCalls } from '../../../../utils/capture/back-end/join-calls.ts';
import { captureHar } from '../../../../utils/capture/har/capture-har.ts';
import { parseHarFile } from '../../../../utils/capture/har/file/har-file.ts';
import { createRequestMarks } from '../../../../utils/capture/har/token/request-marks.ts';
import { replay } from '../../../../utils/verdict/reduce.ts';
import { T0 } from '../../fixtures.ts';
import { login, SHOP } from '../har/har-entries.ts';
import { egressHar } from './back-end-records.ts';

const bird = (n: number) => `kanarie${n}Zq8Vw3Xy7Tr5Pm1Nb9Lk4`;

test('codes, tokens and all else that is secret: tie the calls, and never come out', async () => {
  const marks = createRequestMarks();
  const hash = async () => '#';
  const flow = login(T0);
  for (const { request, response } of flow) {
    request.url = request.url.replace(/([?&]code=)[^&]*/, `$1${bird(1)}`);
    if (response.redirectURL)
      response.redirectURL = response.redirectURL.replace(/([?&]code=)[^&]*/, `$1${bird(1)}`);
    for (const header of response.headers)
      header.value = header.value.replace(/([?&]code=)[^&]*/, `$1${bird(1)}`);
  }
  const recorded = await captureHar(flow, hash, marks);
  const at = (recorded.at(-1)?.at ?? T0) + 50;
  const file = egressHar([
    {
      at,
      method: 'POST',
      url: `https://kauth.kakao.com/oauth/token?x=${bird(2)}`,
      form: { grant_type: 'authorization_code', code: bird(1), client_secret: bird(3) },
      body: { access_token: bird(4), refresh_token: bird(5), scope: bird(6) },
    },
    {
      at: at + 9,
      url: `https://kapi.kakao.com/v2/user/me?secure=${bird(7)}`,
      bearer: bird(4),
      body: { id: 7, kakao_account: { email: bird(8) } },
    },
    { at: at + 9, url: `https://kapi.kakao.com/v1/${bird(9)}`, bearer: bird(4) },
  ]);
  const calls = await readEgress(parseHarFile(file).entries, hash);
  const record = { kind: 'egress' as const, name: 'egress-1', calls };
  const { observations, counts } = joinBackEndCalls(recorded, marks, record);
  expect(counts).toEqual({ calls: 3, surely: 3, likely: 0 });
  expect(observations.filter((o) => o.source === 'server')).toMatchObject([
    { type: 'token', site: SHOP },
    { type: 'api', path: '/v2/user/me', site: SHOP },
    { type: 'api', path: '/v1/*', site: SHOP },
  ]);
  const { logins, tracking } = replay(observations);
  expect(JSON.stringify([observations, [...logins.values()], tracking])).not.toContain('kanarie');
});
