import type { AuthorizeRequest } from './authorize-request.ts';
import { escapeHtml, html, withHeaders, type Answer } from './exchange.ts';
import type { Link } from './world.ts';

export interface ConsentNeed {
  scopes: { id: string; required: boolean }[];
  terms: string[];
}

/** What must be agreed to before a code is given; null when nothing. A new link needs everything. */
export function consentNeed(request: AuthorizeRequest, link: Link | undefined): ConsentNeed | null {
  const { app } = request;
  if (!link) {
    const items = app.scopes.filter((i) => i.when === 'login' || request.scopes.includes(i.id));
    return { scopes: items.map(({ id, required }) => ({ id, required })), terms: request.terms };
  }
  const scopes = request.scopes
    .filter((id) => id !== 'openid' && !link.scopes.has(id))
    .map((id) => ({ id, required: false }));
  const terms = request.terms.filter((tag) => !link.terms.has(tag));
  return scopes.length || terms.length ? { scopes, terms } : null;
}

/** The consent screen: 200 HTML at the authorize address, decided by a POST to the same path. */
export function consentPage(request: AuthorizeRequest, need: ConsentNeed): Answer {
  const hidden = [...request.params]
    .map(([k, v]) => `<input type="hidden" name="${escapeHtml(k)}" value="${escapeHtml(v)}">`)
    .join('');
  const boxes = [
    ...need.scopes.map(({ id, required }) => box('agreed_scope', id, required)),
    ...need.terms.map((tag) => box('agreed_term', tag, false)),
  ].join('\n');
  const page =
    html(`<!doctype html><html lang="ko"><meta charset="utf-8"><title>동의 / Consent</title>
<h1>앱 ${request.app.appId} 동의하고 계속하기 / Agree and continue</h1>
<form method="post" action="/oauth/authorize">${hidden}
${boxes}
<button id="agree" name="decide" value="agree">동의 / Agree</button>
<button id="deny" name="decide" value="deny">취소 / Cancel</button></form></html>`);
  // A browser may show it again on the way back.
  return withHeaders(page, { 'cache-control': 'no-cache' });
}

function box(name: string, value: string, required: boolean): string {
  const note = required ? ' (필수 / required)' : '';
  return `<label><input type="checkbox" checked name="${name}" value="${escapeHtml(value)}"
 id="${name}-${escapeHtml(value)}"> ${escapeHtml(value)}${note}</label>`;
}
