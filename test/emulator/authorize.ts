import { finish } from './authorize-outcome.ts';
import { checkAuthorize, type AuthorizeRequest } from './authorize-request.ts';
import { consentNeed, consentPage } from './consent.ts';
import { redirect, type Answer, type Ask } from './exchange.ts';
import type { Grant } from './grants.ts';
import { ACCOUNTS, KAUTH } from './hosts.ts';
import type { Kakao } from './kakao.ts';
import { KOE, koePage } from './koe.ts';
import type { Session } from './sessions.ts';

const DENIED = { error: 'access_denied', description: 'User denied access' };
const CONSENT_REQUIRED = { error: 'consent_required', description: 'user consent required.' };
const INTERACTION_REQUIRED = {
  error: 'interaction_required',
  description: 'user interaction required.',
};

/** The address an account login comes back to: the same request, marked `through_account`. */
function returnAddress(params: URLSearchParams): string {
  const back = new URLSearchParams(params);
  back.delete('through_account');
  back.append('through_account', 'true');
  return `https://${KAUTH}/oauth/authorize?${back}`;
}

function toAccounts(request: AuthorizeRequest): Answer {
  const back = `continue=${encodeURIComponent(returnAddress(request.params))}`;
  return redirect(
    request.prompts.includes('create')
      ? `https://${ACCOUNTS}/weblogin/create_account?${back}`
      : `https://${ACCOUNTS}/login/?${back}#login`,
  );
}

/** Whether the browser has to pass the account pages (again) before this request goes on. */
function needsAccounts(request: AuthorizeRequest, session: Session | undefined): boolean {
  if (!session) return true;
  const asks = ['login', 'select_account', 'create'].some((w) => request.prompts.includes(w));
  // `through_account=true` alone is no proof: pages copy it from the address bar.
  return asks && !(request.throughAccount && session.returned.has(returnAddress(request.params)));
}

function grantOf(
  request: AuthorizeRequest,
  session: Session,
  agreed: Pick<Grant, 'scopes' | 'terms'>,
): Grant {
  return {
    clientId: request.app.clientId,
    account: session.account,
    redirectUri: request.redirectUri,
    ...agreed,
    requested: request.scopes,
    nonce: request.params.get('nonce'),
    codeChallenge: request.params.get('code_challenge'),
    authTime: session.authTime,
  };
}

/** `/oauth/authorize`: GET starts or resumes a login, POST carries the decision on consent. */
export function answerAuthorize(kakao: Kakao, ask: Ask): Answer {
  const params = ask.method === 'POST' ? ask.form : ask.query;
  for (const name of ['state', 'nonce', 'auth_tran_id', 'code_challenge', 'login_hint'])
    kakao.secrets.note(params.get(name));
  const checked = checkAuthorize(kakao, params);
  if ('refusal' in checked) return checked.refusal;
  const { request } = checked;
  const { app } = request;
  const session = kakao.sessions.of(ask, kakao.clock.now());
  const silent = request.prompts.includes('none');
  const decided = ask.method === 'POST';
  if (silent && !session) return finish(kakao, request, INTERACTION_REQUIRED);
  if (!session || (!decided && needsAccounts(request, session))) return toAccounts(request);
  if (app.members && !app.members.includes(session.account))
    return koePage(KOE.notMember, 'not a member of this test app');

  const need = consentNeed(request, kakao.world.standing(app.clientId, session.account));
  if (decided && need) {
    if (ask.form.get('decide') !== 'agree') return finish(kakao, request, DENIED);
    const scopes = ask.form.getAll('agreed_scope');
    const terms = ask.form.getAll('agreed_term');
    if (need.scopes.some((s) => s.required && !scopes.includes(s.id)))
      return koePage(KOE.requiredConsent, 'a required consent item was not agreed to');
    const asked = new Set(need.scopes.map((s) => s.id));
    session.returned.clear();
    return finish(
      kakao,
      request,
      grantOf(request, session, {
        scopes: scopes.filter((id) => asked.has(id)),
        terms: terms.filter((tag) => need.terms.includes(tag)),
      }),
    );
  }
  if (need) return silent ? finish(kakao, request, CONSENT_REQUIRED) : consentPage(request, need);
  session.returned.clear();
  return finish(kakao, request, grantOf(request, session, { scopes: [], terms: [] }));
}
