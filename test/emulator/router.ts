import { answerFrameShop } from '../shops/frame-shop.ts';
import { answerPageShop } from '../shops/page-shop.ts';
import { createServerShop } from '../shops/server-shop.ts';
import { answerAccounts } from './accounts-host.ts';
import { browserFile } from './browser-files.ts';
import { html, script, type Answer, type Ask } from './exchange.ts';
import { ACCOUNTS, CDN, DEVELOPERS, KAPI, KAUTH, SHOPS } from './hosts.ts';
import type { Kakao } from './kakao.ts';
import { answerKapi } from './kapi.ts';
import { answerKauth } from './kauth.ts';

/** Finds who answers a request by its Host header. `port` is where the emulator itself listens. */
export function createRouter(
  kakao: Kakao,
  port: () => number,
): (ask: Ask) => Answer | Promise<Answer> {
  const serverShop = createServerShop(kakao, port);
  return (ask) => {
    // Browsers ask for it unbidden; no page of ours has one.
    if (ask.path === '/favicon.ico') return html('404', 404);
    switch (ask.host) {
      case KAUTH:
        return answerKauth(kakao, ask);
      case ACCOUNTS:
        return answerAccounts(kakao, ask);
      case KAPI:
        return answerKapi(kakao, ask);
      case CDN:
        return script(browserFile('sdk/kakao-v2.js'));
      case DEVELOPERS:
        return script(browserFile('sdk/kakao-v1.js'));
      case SHOPS.frame:
        return answerFrameShop(ask);
      case SHOPS.server:
        return serverShop(ask);
      case SHOPS.page:
      case SHOPS.page2:
      case SHOPS.worker:
      case SHOPS.manual:
      case SHOPS.popup:
        return answerPageShop(kakao, ask);
      default:
        return html('unknown host', 421);
    }
  };
}
