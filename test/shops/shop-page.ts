import { html, type Answer } from '../emulator/exchange.ts';

/** A button of a shop: id, Korean and English label, and the call it makes (none: the script knows). */
export interface ShopButton {
  id: string;
  ko: string;
  en: string;
  call?: string;
}

const STYLE = `:root{color-scheme:light dark;--paper:light-dark(#fff,#1d1d1f);--line:light-dark(#ddd,#444)}
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:light-dark(#f4f4f2,#111)}
header,main{max-width:40rem;margin:0 auto;padding:1rem 1.25rem}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem}
h1{font-size:1.15rem;margin:0}h2{font-size:1rem;margin:0 0 .5rem}
section{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:1rem 1.25rem;margin-bottom:1rem}
.goods{display:grid;grid-template-columns:5rem 1fr;gap:1rem;align-items:center}
.goods div{height:5rem;border-radius:10px;background:linear-gradient(135deg,#ffd98a,#f0936a)}
ol{margin:0;padding-left:1.2rem}p{margin:.25rem 0}
button{font:inherit;padding:.55rem .9rem;margin:.2rem .3rem .2rem 0;border-radius:8px;border:1px solid var(--line);background:transparent;color:inherit;cursor:pointer}
#login{background:#fee500;border-color:#fee500;color:#191919;font-weight:600}
.right{border-color:currentColor;font-weight:600}
summary{cursor:pointer}pre{white-space:pre-wrap;margin:.5rem 0 0;font-size:.85rem}`;

const buttonTag = ({ id, ko, en, call }: ShopButton, isRight = false) =>
  `<button id="${id}"${call ? ` data-call="${call}"` : ''}${isRight ? ' class="right"' : ''}>${ko} / ${en}</button>`;

/**
 * The page of a sample shop: the login, then what the site does next, the `right` button first. Tests wait on
 * `body[data-state]` and read `#log`.
 */
export function shopPage(
  title: string,
  buttons: readonly ShopButton[],
  right: string,
  config: Record<string, unknown>,
  scripts: readonly string[],
): Answer {
  const login = buttons.filter((b) => b.id === 'login').map((b) => buttonTag(b));
  const first = buttons.filter((b) => b.id === right).map((b) => buttonTag(b, true));
  const others = buttons.filter((b) => b.id !== 'login' && b.id !== right);
  const tags = scripts.map((src) => `<script src="${src}"></script>`).join('\n');
  const data = JSON.stringify(config).replaceAll('<', '\\u003c');
  return html(`<!doctype html><html lang="ko"><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<style>${STYLE}</style>
<body data-state="idle"><header><h1>${title}</h1>${login.join('')}</header>
<main><section class="goods"><div></div><p>귤 한 상자 / A box of tangerines<br><strong>₩19,000</strong></p></section>
<section><h2>해 보기 / Try it</h2><ol>
<li>Linkwatch를 열고 이 사이트를 관찰합니다. / Open Linkwatch and watch this site.</li>
<li>카카오 로그인을 합니다. / Log in with Kakao.</li>
<li>아래에서 사이트가 할 일을 고릅니다. / Choose below what the site does next.</li></ol></section>
<section><h2>로그인한 뒤 / What this site does next</h2>${first.join('')}
<details><summary>다른 호출 / Other calls</summary>${others.map((b) => buttonTag(b)).join('\n')}</details>
<pre id="log"></pre></section></main>
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
