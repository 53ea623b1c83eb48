import { afterAll, beforeAll, expect, test } from 'vitest';
import { APPS, startEmulator, type Emulator } from '../../emulator/index.ts';
import { authorizeUrl, kapi, signedIn, token } from '../../emulator/test-steps.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const V1 = {
  client_id: APPS.frame,
  redirect_uri: 'kakaojs',
  state: 'state-token-of-v1',
  proxy: 'easyXDM_Kakao_abc_provider',
  origin: 'https://frame.shop.test',
};

/** What the popup page would post to its opener. */
function posted(body: string): Record<string, string> {
  const [, text = ''] = /postResponse ([^"]+)"/.exec(body) ?? [];
  return JSON.parse(decodeURIComponent(text)) as Record<string, string>;
}

test('SDK v1: agree, cancel and repeat hand over by message, not redirect', async () => {
  const browser = await signedIn(emulator, 'alice');
  const denied = await browser.submit(await browser.visit(authorizeUrl(V1)), 'deny');
  expect(posted(denied.body)).toMatchObject({ error: 'access_denied', stateToken: V1.state });

  const agreed = await browser.submit(await browser.visit(authorizeUrl(V1)), 'agree');
  expect(agreed.hops).toMatchObject([{ method: 'POST', status: 200 }]);
  expect(agreed.body).toContain('"https://frame.shop.test"');
  const first = posted(agreed.body);
  expect((await kapi(emulator, first.access_token ?? '', '/v2/user/me')).status).toBe(200);

  const repeat = await browser.visit(authorizeUrl(V1));
  expect(repeat.hops).toMatchObject([{ method: 'GET', status: 200 }]);
  expect(posted(repeat.body).access_token).not.toBe(first.access_token);
});

test('SDK v1: the relay frames answer as pages on kauth and kapi', async () => {
  const browser = await signedIn(emulator, 'alice');
  for (const address of [
    'https://kapi.kakao.com/cors/?xdm_e=https%3A%2F%2Fframe.shop.test&xdm_c=default1&xdm_p=1',
    'https://kauth.kakao.com/public/widget/login/kakaoLoginWidget.html?xdm_c=a',
  ]) {
    const page = await browser.visit(address);
    expect([page.status, page.body.includes('xdm_c')]).toEqual([200, true]);
  }
});

test('SDK v2 popup: polling waits, then gives the code once', async () => {
  const browser = await signedIn(emulator, 'bob');
  const tran = 'T'.repeat(60);
  const fields = {
    client_id: APPS.popup,
    redirect_uri: 'https://popup.shop.test/cb',
    auth_tran_id: tran,
    is_popup: 'true',
  };
  const poll = async () =>
    browser.visit(
      `https://kauth.kakao.com/apiweb/code.json?client_id=${APPS.popup}&auth_tran_id=${tran}`,
    );
  const waiting = await poll();
  expect(waiting.headers['access-control-allow-origin']).toBe('*');
  expect(JSON.parse(waiting.body)).toMatchObject({ status: 'error', error_code: '300' });

  const consent = await browser.visit(authorizeUrl(fields));
  const end = await browser.submit(consent, 'agree');
  expect(new URL(end.url).host).toBe('kauth.kakao.com');
  expect(end.url).not.toContain('code=');
  const ready = JSON.parse((await poll()).body) as { status: string; code: string };
  expect(ready.status).toBe('ok');
  expect(JSON.parse((await poll()).body)).toMatchObject({ error_code: '300' });
  const { redirect_uri, client_id } = fields;
  const grant = { grant_type: 'authorization_code', client_id, redirect_uri, code: ready.code };
  expect((await token(emulator, grant)).status).toBe(200);
});

test('SDK v2 popup: a cancel reaches the polling page', async () => {
  const browser = await signedIn(emulator, 'carol');
  const fields = {
    client_id: APPS.popup,
    redirect_uri: 'https://popup.shop.test/cb',
    auth_tran_id: 'C'.repeat(60),
    is_popup: 'true',
  };
  await browser.submit(await browser.visit(authorizeUrl(fields)), 'deny');
  const url = `https://kauth.kakao.com/apiweb/code.json?client_id=${APPS.popup}&auth_tran_id=${'C'.repeat(60)}`;
  const { body } = await browser.visit(url);
  expect(JSON.parse(body)).toMatchObject({ status: 'error', error: 'access_denied' });
});
