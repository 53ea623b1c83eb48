import { escapeHtml, html, type Answer } from '../emulator/exchange.ts';
import type { Visitor } from './server-visitor.ts';

const LOGINS = [
  { id: 'login', query: '', ko: '카카오 로그인', en: 'Log in with Kakao' },
  { id: 'login-report', query: '?report=1', ko: '로그인, 서버 보고', en: 'log in, reported' },
  { id: 'login-none', query: '?call=none', ko: '로그인, 호출 없음', en: 'log in, no call' },
  {
    id: 'login-none-report',
    query: '?call=none&report=1',
    ko: '로그인, 호출 없음, 보고',
    en: 'log in, no call, reported',
  },
];

function stateOf(visitor: Visitor | undefined): 'idle' | 'done' | 'error' {
  if (!visitor) return 'idle';
  const failed = visitor.problem ?? visitor.lastCalls.some((c) => c.status !== 200);
  return failed ? 'error' : 'done';
}

/** The page of server.shop.test, before a login and after (with the calls its back end made). */
export function serverHome(visitor: Visitor | undefined): Answer {
  const links = LOGINS.map(
    ({ id, query, ko, en }) => `<a id="${id}" href="/login${query}">${ko} / ${en}</a>`,
  );
  const lines = [
    ...(visitor?.problem ? [visitor.problem] : []),
    ...(visitor?.lastCalls ?? []).map((c) => `${c.method} ${c.path} ${c.status}`),
  ];
  return html(`<!doctype html><html lang="ko"><meta charset="utf-8">
<title>서버 상점 / Server shop</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<style>body{font:16px system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}
a{display:inline-block;margin:.2rem .6rem .2rem 0}pre{background:#eee;padding:1rem}</style>
<body data-state="${stateOf(visitor)}"><h1>서버 상점 / Server shop</h1>
<p>${links.join('\n')} <a id="leave" href="/leave">나가기 / leave</a></p>
<pre id="log">${escapeHtml(lines.join('\n'))}</pre></body></html>`);
}
