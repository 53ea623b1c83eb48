import type { App, CutReason, Delivered } from './contract.ts';
import { HOSTS } from './hosts.ts';
import type { Kakao } from './kakao.ts';
import { send } from './loopback-client.ts';
import type { Link } from './world.ts';

// Kakao gives a receiver three seconds.
const TIMEOUT_MS = 3000;

async function post(
  port: number,
  app: App,
  url: string,
  body: Delivered['body'],
): Promise<number | null> {
  const target = new URL(url);
  if (!HOSTS.includes(target.hostname)) return null;
  const headers = { authorization: `KakaoAK ${app.adminKey}` };
  const out = { method: app.callbackMethod, headers, timeoutMs: TIMEOUT_MS };
  if (app.callbackMethod === 'GET')
    for (const [name, value] of Object.entries(body)) target.searchParams.set(name, value);
  try {
    const form = app.callbackMethod === 'POST' ? { form: body } : {};
    return (await send(port, target.href, { ...out, ...form })).status;
  } catch {
    return null;
  }
}

/** Delivers the unlink callback of a cut link, if the app registered one. Only to known hosts. */
export async function deliverCallback(
  kakao: Kakao,
  port: number,
  link: Link,
  because: CutReason,
): Promise<Delivered | null> {
  const app = kakao.apps.get(link.clientId);
  if (!app?.callbackUrl) return null;
  const body = {
    app_id: String(app.appId),
    user_id: String(link.userId),
    referrer_type: because,
  };
  const status = await post(port, app, app.callbackUrl, body);
  return {
    at: kakao.clock.now(),
    clientId: app.clientId,
    method: app.callbackMethod,
    url: app.callbackUrl,
    body,
    status,
  };
}
