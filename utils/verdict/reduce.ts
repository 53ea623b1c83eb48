import { setApp, silence } from './app-knowledge.ts';
import { noteRestart, openGap } from './visibility-gaps.ts';
import { putLast } from './flow.ts';
import { foldCall } from './handlers/api-call.ts';
import { foldArrival, foldAuthorize, foldPoll } from './handlers/authorize.ts';
import { foldToken } from './handlers/token.ts';
import { createLedger, type Change, type Ledger } from './login-state.ts';
import type { CallbackFact, Observation } from '../model/observation.ts';
import { settle } from './derive-logins.ts';
import { startLogin } from './start-login.ts';
import { changeApp, type Intake, type Unsettled } from './reduce-context.ts';
import { adopt } from './buffered-reports.ts';

/**
 * Adds one observation to the ledger, in order of arrival, and says what it changed. Changes the ledger in place;
 * reads nothing else, no clock in particular, so folding one by one and folding all at once give the same logins.
 */
export function fold(ledger: Ledger, o: Observation): Change {
  const unsettled: Unsettled = new Map();
  const change = take(ledger, o, unsettled);
  for (const [clientId, site] of unsettled.values())
    for (const id of settle(ledger, clientId, site)) change.logins.add(id);
  return change;
}

/** Folds a whole list, in the order given, into a new ledger. */
export function foldAll(observations: Iterable<Observation>): Ledger {
  const ledger = createLedger();
  const unsettled: Unsettled = new Map();
  for (const o of observations) take(ledger, o, unsettled);
  for (const [clientId, site] of unsettled.values()) settle(ledger, clientId, site);
  return ledger;
}

/**
 * Takes in one observation's own facts. Reads nothing that `settle` derives, so that may wait. What it changes is added
 * to `also`, where that is given.
 */
function take(ledger: Ledger, o: Observation, unsettled: Unsettled, also?: Change): Change {
  const { track } = ledger;
  const change: Change = {
    logins: new Set(),
    apps: new Set(),
    adopted: new Map(),
    ...also,
    placedOn: null,
  };
  const intake: Intake = {
    ledger,
    change,
    unsettle: (clientId, site) => unsettled.set(`${clientId} ${site}`, [clientId, site]),
    on(login) {
      change.placedOn = login.id;
      change.logins.add(login.id);
      intake.unsettle(login.clientId, login.site);
    },
    begin(flow) {
      const login = startLogin(ledger, flow, o);
      change.apps.add(login.clientId);
      intake.on(login);
      adopt(ledger, login, o.at, change, (waited) => take(ledger, waited, unsettled, change));
      return login;
    },
  };
  const touch = (ids: string[]) => {
    for (const id of ids) change.logins.add(id);
  };

  switch (o.type) {
    case 'authorize':
      foldAuthorize(intake, o);
      break;
    case 'arrival':
      foldArrival(intake, o);
      break;
    case 'poll':
      foldPoll(intake, o);
      break;
    case 'frame':
      if (o.tab && o.site) putLast(track.frames, o.tab, { site: o.site, at: o.at });
      break;
    case 'token':
      foldToken(intake, o);
      break;
    case 'api':
      foldCall(intake, o);
      break;
    case 'watch':
      if (!o.site) break;
      track.sites[o.site] = { watched: o.watched, since: o.at };
      if (!o.watched) touch(openGap(ledger, o.at, 'no-site-access', o.site));
      break;
    case 'pause':
      track.pausedAt = o.paused ? (track.pausedAt ?? o.at) : null;
      // Meanwhile anybody may have logged in.
      track.sessionKeys = {};
      if (o.paused) touch(openGap(ledger, o.at, 'paused', null));
      break;
    case 'start':
      touch(noteRestart(ledger, o.at));
      break;
    case 'mark':
    case 'label': {
      const login = ledger.logins.get(o.login);
      if (!login) break;
      if (o.type === 'label') login.label = o.label.trim() || null;
      else login.tester = o.mark && { at: o.at, mark: o.mark, note: o.note };
      intake.on(login);
      break;
    }
    case 'app':
      setApp(ledger, o);
      changeApp(intake, o.clientId);
      break;
    case 'silence':
      silence(ledger, o);
      change.apps.add(o.clientId);
      break;
    case 'unlink-callback':
      foldCallback(intake, o);
      break;
  }
  return change;
}

/** Kakao told the site that an account's link is cut: the account's latest login before that was. */
function foldCallback({ ledger, on }: Intake, o: Observation<CallbackFact>): void {
  const { account, referrerType, at } = o;
  if (!account) return;
  const login = [...ledger.logins.values()].findLast(
    (l) => l.userHash === account && l.loggedInAt <= at,
  );
  if (!login) return;
  login.callback = { at, referrerType };
  on(login);
}
