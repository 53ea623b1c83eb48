import { html, type Answer } from '../emulator/exchange.ts';

/** A button of a shop: id, Korean and English label, and the call it makes (none: the script knows). */
export interface ShopButton {
  id: string;
  ko: string;
  en: string;
  call?: string;
}

/** The page of a sample shop. Tests wait on `body[data-state]` and read `#log`. */
export function shopPage(
  title: string,
  buttons: readonly ShopButton[],
  config: Record<string, unknown>,
  scripts: readonly string[],
): Answer {
  const bar = buttons
    .map(({ id, ko, en, call }) => {
      const target = call ? ` data-call="${call}"` : '';
      return `<button id="${id}"${target}>${ko} / ${en}</button>`;
    })
    .join('\n');
  const tags = scripts.map((src) => `<script src="${src}"></script>`).join('\n');
  const data = JSON.stringify(config).replaceAll('<', '\\u003c');
  return html(`<!doctype html><html lang="ko"><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<style>body{font:16px system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}
button{margin:.2rem;padding:.5rem .8rem;font:inherit}pre{background:#eee;padding:1rem;white-space:pre-wrap}</style>
<body data-state="idle"><h1>${title}</h1><div>${bar}</div><pre id="log"></pre>
<script type="application/json" id="config">${data}</script>
${tags}</body></html>`);
}

/** Buttons for the calls every shop can make with the user's token. `METHOD PATH`. */
export const CALL_BUTTONS: readonly ShopButton[] = [
  { id: 'me', ko: '사용자 정보', en: 'user info', call: 'GET /v2/user/me' },
  { id: 'profile', ko: '톡 프로필', en: 'Talk profile', call: 'GET /v1/api/talk/profile' },
  { id: 'story', ko: '스토리 프로필', en: 'Story profile', call: 'GET /v1/api/story/profile' },
  { id: 'shipping', ko: '배송지', en: 'shipping address', call: 'GET /v1/user/shipping_address' },
  { id: 'friends', ko: '친구', en: 'friends', call: 'GET /v1/api/talk/friends' },
  { id: 'friends1', ko: '친구 (v1)', en: 'friends (v1)', call: 'GET /v1/friends' },
  { id: 'channels', ko: '채널', en: 'channels', call: 'GET /v1/api/talk/channels' },
  { id: 'channels2', ko: '채널 v2', en: 'channels v2', call: 'GET /v2/api/talk/channels' },
  { id: 'userinfo', ko: 'OIDC 사용자 정보', en: 'OIDC userinfo', call: 'GET /v1/oidc/userinfo' },
  { id: 'tokeninfo', ko: '토큰 정보', en: 'token info', call: 'GET /v1/user/access_token_info' },
  { id: 'scopes', ko: '동의 항목', en: 'scopes', call: 'GET /v2/user/scopes' },
  { id: 'terms', ko: '서비스 약관', en: 'service terms', call: 'GET /v2/user/service_terms' },
  { id: 'signup', ko: '수동 연결', en: 'signup', call: 'POST /v1/user/signup' },
  { id: 'unlink', ko: '연결 해제', en: 'unlink', call: 'POST /v1/user/unlink' },
  { id: 'logout', ko: '로그아웃', en: 'log out', call: 'POST /v1/user/logout' },
  { id: 'lookalike', ko: '비슷한 주소', en: 'look-alike', call: 'GET /v2/user/meow' },
  { id: 'lookalike2', ko: '비슷한 주소 2', en: 'look-alike 2', call: 'GET /x/v2/user/me' },
  { id: 'me-post', ko: '사용자 정보 POST', en: 'user info POST', call: 'POST /v2/user/me' },
];
