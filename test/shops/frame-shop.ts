import { APPS } from '../emulator/apps.ts';
import { browserFile } from '../emulator/browser-files.ts';
import { html, script, type Answer, type Ask } from '../emulator/exchange.ts';
import { DEVELOPERS } from '../emulator/hosts.ts';
import { CALL_BUTTONS, shopPage } from './shop-page.ts';

const BUTTONS = [{ id: 'login', ko: '카카오 로그인', en: 'Log in with Kakao' }, ...CALL_BUTTONS];

/** The shop on SDK v1: popup that gives the token by message, calls from the kapi frame. */
export function answerFrameShop(ask: Ask): Answer {
  if (ask.path === '/shop-ui.js') return script(browserFile('../shops/browser/shop-ui.js'));
  if (ask.path === '/frame-shop.js') return script(browserFile('../shops/browser/frame-shop.js'));
  if (ask.path !== '/') return html('404', 404);
  const sdk = `https://${DEVELOPERS}/sdk/js/kakao.min.js`;
  return shopPage('프레임 상점 / Frame shop', BUTTONS, 'me', { clientId: APPS.frame }, [
    sdk,
    '/shop-ui.js',
    '/frame-shop.js',
  ]);
}
