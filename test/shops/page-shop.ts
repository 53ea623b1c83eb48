import { APPS } from '../emulator/apps.ts';
import { browserFile } from '../emulator/browser-files.ts';
import {
  html,
  json,
  redirect,
  script,
  withHeaders,
  type Answer,
  type Ask,
} from '../emulator/exchange.ts';
import { CDN, KAPI, SHOPS } from '../emulator/hosts.ts';
import type { Kakao } from '../emulator/kakao.ts';
import { CALL_BUTTONS, shopPage, type ShopButton } from './shop-page.ts';

const SHOP: Record<string, { clientId: string; popup: boolean; title: string }> = {
  [SHOPS.page]: { clientId: APPS.page, popup: false, title: '페이지 상점 / Page shop' },
  [SHOPS.page2]: { clientId: APPS.page, popup: false, title: '둘째 상점 / Second site' },
  [SHOPS.worker]: {
    clientId: APPS.page,
    popup: false,
    title: '서비스 워커 상점 / Service worker shop',
  },
  [SHOPS.manual]: { clientId: APPS.manual, popup: false, title: '수동 연결 상점 / Manual link' },
  [SHOPS.popup]: { clientId: APPS.popup, popup: true, title: '팝업 상점 / Popup shop' },
};

const BUTTONS: readonly ShopButton[] = [
  { id: 'login', ko: '카카오 로그인', en: 'Log in with Kakao' },
  ...CALL_BUTTONS,
  { id: 'refresh', ko: '토큰 갱신', en: 'refresh token' },
  { id: 'again', ko: '코드 다시 쓰기', en: 'use the code again' },
  { id: 'worker-me', ko: '서비스 워커에서', en: 'from a service worker' },
  { id: 'shared-me', ko: '공유 워커에서', en: 'from a shared worker' },
  { id: 'dedicated-me', ko: '전용 워커에서', en: 'from a dedicated worker' },
  { id: 'pass-on', ko: '서비스 워커 켜기', en: 'start a service worker' },
  { id: 'backend', ko: '우리 서버로', en: 'to our back end' },
];

const FILES: Record<string, string> = {
  '/shop-ui.js': '../shops/browser/shop-ui.js',
  '/page-shop.js': '../shops/browser/page-shop.js',
  '/me-worker.js': '../shops/browser/me-worker.js',
  '/me-service-worker.js': '../shops/browser/me-service-worker.js',
  '/passing-service-worker.js': '../shops/browser/passing-service-worker.js',
};

/** Shops that exchange the code in the page and call Kakao by XHR, as with SDK v2. */
export function answerPageShop(kakao: Kakao, ask: Ask): Answer {
  const file = FILES[ask.path];
  if (file) return script(browserFile(file));
  // Where a page hands its token and profile to its own back end: secrets in query, body and cookie.
  if (ask.path === '/api/session') {
    const cookie = `shop_sid=${kakao.secrets.issue('SID')}; Path=/; Secure; HttpOnly; SameSite=Lax`;
    return withHeaders(json({ ok: true }), { 'set-cookie': cookie });
  }
  if (ask.path === '/to-kakao') return redirect(`https://${KAPI}/v2/user/me?${ask.query}`);
  if (ask.path !== '/' && ask.path !== '/cb') return html('404', 404);
  const shop = SHOP[ask.host];
  if (!shop) return html('404', 404);
  const sdk = `https://${CDN}/kakao_js_sdk/2.6.0/kakao.min.js`;
  const { title, ...config } = shop;
  const right = shop.clientId === APPS.manual ? 'signup' : 'me';
  const page = shopPage(title, BUTTONS, right, config, [sdk, '/shop-ui.js', '/page-shop.js']);
  // As with most sites, the browser may keep the second site's pages for the way back.
  return ask.host === SHOPS.page2 ? withHeaders(page, { 'cache-control': 'no-cache' }) : page;
}
