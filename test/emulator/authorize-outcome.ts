import type { AuthorizeRequest } from './authorize-request.ts';
import { html, redirect, type Answer } from './exchange.ts';
import type { Grant } from './grants.ts';
import { KAUTH } from './hosts.ts';
import type { Kakao } from './kakao.ts';
import { issueTokens, tokenBody } from './token-body.ts';

export interface Denial {
  error: string;
  description: string;
}

/** How Kakao hands the result to the site: redirect, poll (popup) or message (SDK v1). */
export function finish(kakao: Kakao, request: AuthorizeRequest, end: Grant | Denial): Answer {
  const { params, redirectUri } = request;
  if (redirectUri === 'kakaojs') return handover(kakao, request, end);
  const tran = params.get('auth_tran_id');
  if (tran && (params.get('is_popup') === 'true' || redirectUri === 'JS-SDK')) {
    const key = `${request.app.clientId} ${tran}`;
    kakao.polls.set(key, isDenial(end) ? end : { code: codeFor(kakao, end) });
    return redirect(`https://${KAUTH}/public/popup/finish.html`);
  }
  const back = new URL(redirectUri);
  if (isDenial(end)) {
    back.searchParams.set('error', end.error);
    back.searchParams.set('error_description', end.description);
  } else {
    back.searchParams.set('code', codeFor(kakao, end));
  }
  const state = params.get('state');
  if (state !== null) back.searchParams.set('state', state);
  // Kakao writes blanks as %20, not as the plus sign URLSearchParams makes.
  return redirect(back.href.replaceAll('+', '%20'));
}

const isDenial = (end: Grant | Denial): end is Denial => 'error' in end;
const codeFor = (kakao: Kakao, grant: Grant): string =>
  kakao.grants.issueCode(grant, kakao.clock.now());

/** SDK v1: the popup page itself gives the token (or the error) to its opener by message. */
function handover(kakao: Kakao, request: AuthorizeRequest, end: Grant | Denial): Answer {
  const stateToken = request.params.get('state');
  const message = isDenial(end)
    ? { error: end.error, error_description: end.description, stateToken }
    : { ...tokenBody(kakao, request.app, issueTokens(kakao, request.app, end), end), stateToken };
  const proxy = request.params.get('proxy') ?? '';
  const text = `${proxy} postResponse ${encodeURIComponent(JSON.stringify(message))}`;
  const origin = request.params.get('origin') ?? '';
  const literal = (value: string): string => JSON.stringify(value).replaceAll('<', '\\u003c');
  return html(`<!doctype html><meta charset="utf-8"><title>kakao</title><script>
if (window.opener) window.opener.postMessage(${literal(text)}, ${literal(origin)});
setTimeout(() => window.close(), 50);
</script>`);
}
