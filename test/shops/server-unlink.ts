import { json, type Answer, type Ask } from '../emulator/exchange.ts';
import type { Kakao } from '../emulator/kakao.ts';

/** One unlink callback as the shop got it. */
export interface Received {
  method: string;
  appId: string;
  userId: string;
  referrerType: string;
}

/** The shop's unlink callback (GET or POST): checks the admin key, stores what came, answers 200. */
export function receiveUnlink(kakao: Kakao, ask: Ask, received: Received[]): Answer {
  const appId = ask.params.get('app_id') ?? '';
  const app = [...kakao.apps.values()].find((a) => String(a.appId) === appId);
  if (!app || ask.headers.authorization !== `KakaoAK ${app.adminKey}`)
    return json({ error: 'unauthorized' }, 401);
  received.push({
    method: ask.method,
    appId,
    userId: ask.params.get('user_id') ?? '',
    referrerType: ask.params.get('referrer_type') ?? '',
  });
  return json({ ok: true });
}
