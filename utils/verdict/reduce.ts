import { applyAppSettings, applySilence } from './app-knowledge.ts';
import { noteBrowserRestart, openVisibilityGap } from './visibility-gaps.ts';
import { setAsLatest } from './flow.ts';
import { handleApiCall } from './handlers/api-call.ts';
import { handleArrival, handleAuthorize, handlePoll } from './handlers/authorize.ts';
import { handleToken } from './handlers/token.ts';
import { createLoginState, type StateChange, type LoginState } from './login-state.ts';
import type { CallbackFact, Observation } from '../model/observation.ts';
import { deriveLogins } from './derive-logins.ts';
import { startLogin } from './start-login.ts';
import { markAppChanged, type ReduceContext, type DirtyLogins } from './reduce-context.ts';
import { attachBuffered } from './buffered-reports.ts';

/**
 * Adds one observation to the loginState, in order of arrival, and says what it changed. Changes the loginState in place;
 * reads nothing else, no clock in particular, so folding one by one and folding all at once give the same logins.
 */
export function reduce(loginState: LoginState, o: Observation): StateChange {
  const unsettled: DirtyLogins = new Map();
  const change = take(loginState, o, unsettled);
  for (const [clientId, site] of unsettled.values())
    for (const id of deriveLogins(loginState, clientId, site)) change.logins.add(id);
  return change;
}

/** Folds a whole list, in the order given, into a new loginState. */
export function replay(observations: Iterable<Observation>): LoginState {
  const loginState = createLoginState();
  const unsettled: DirtyLogins = new Map();
  for (const o of observations) take(loginState, o, unsettled);
  for (const [clientId, site] of unsettled.values()) deriveLogins(loginState, clientId, site);
  return loginState;
}

/**
 * Takes in one observation's own facts. Reads nothing that `settle` derives, so that may wait. What it changes is added
 * to `also`, where that is given.
 */
function take(
  loginState: LoginState,
  o: Observation,
  unsettled: DirtyLogins,
  also?: StateChange,
): StateChange {
  const { tracking } = loginState;
  const change: StateChange = {
    logins: new Set(),
    apps: new Set(),
    attached: new Map(),
    ...also,
    loginId: null,
  };
  const intake: ReduceContext = {
    loginState,
    change,
    markDirty: (clientId, site) => unsettled.set(`${clientId} ${site}`, [clientId, site]),
    on(login) {
      change.loginId = login.id;
      change.logins.add(login.id);
      intake.markDirty(login.clientId, login.site);
    },
    begin(flow) {
      const login = startLogin(loginState, flow, o);
      change.apps.add(login.clientId);
      intake.on(login);
      attachBuffered(loginState, login, o.at, change, (waited) =>
        take(loginState, waited, unsettled, change),
      );
      return login;
    },
  };
  const touch = (ids: string[]) => {
    for (const id of ids) change.logins.add(id);
  };

  switch (o.type) {
    case 'authorize':
      handleAuthorize(intake, o);
      break;
    case 'arrival':
      handleArrival(intake, o);
      break;
    case 'poll':
      handlePoll(intake, o);
      break;
    case 'frame':
      if (o.tab && o.site) setAsLatest(tracking.frames, o.tab, { site: o.site, at: o.at });
      break;
    case 'token':
      handleToken(intake, o);
      break;
    case 'api':
      handleApiCall(intake, o);
      break;
    case 'watch':
      if (!o.site) break;
      tracking.sites[o.site] = { watched: o.watched, since: o.at };
      if (!o.watched) touch(openVisibilityGap(loginState, o.at, 'no-site-access', o.site));
      break;
    case 'pause':
      tracking.pausedAt = o.paused ? (tracking.pausedAt ?? o.at) : null;
      // Meanwhile anybody may have logged in.
      tracking.kakaoSessions = {};
      if (o.paused) touch(openVisibilityGap(loginState, o.at, 'paused', null));
      break;
    case 'start':
      touch(noteBrowserRestart(loginState, o.at));
      break;
    case 'mark':
    case 'label': {
      const login = loginState.logins.get(o.login);
      if (!login) break;
      if (o.type === 'label') login.label = o.label.trim() || null;
      else login.testerMark = o.mark && { at: o.at, mark: o.mark, note: o.note };
      intake.on(login);
      break;
    }
    case 'app':
      applyAppSettings(loginState, o);
      markAppChanged(intake, o.clientId);
      break;
    case 'silence':
      applySilence(loginState, o);
      change.apps.add(o.clientId);
      break;
    case 'unlink-callback':
      foldCallback(intake, o);
      break;
  }
  return change;
}

/** Kakao told the site that an account's link is cut: the account's latest login before that was. */
function foldCallback({ loginState, on }: ReduceContext, o: Observation<CallbackFact>): void {
  const { account, referrerType, at } = o;
  if (!account) return;
  const login = [...loginState.logins.values()].findLast(
    (l) => l.userHash === account && l.loggedInAt <= at,
  );
  if (!login) return;
  login.callback = { at, referrerType };
  on(login);
}
