import { modeEvidence, newApp, setApp, silence } from './app.ts';
import { applyCall, applyToken } from './call.ts';
import { noteRestart, openGap } from './coverage.ts';
import { flowReaching, newFlow, originOf, polledFlow, runsIn, stepFlow } from './flow.ts';
import { createLedger, type Change, type Flow, type Ledger } from './ledger.ts';
import type { Login } from './login.ts';
import type {
  ApiFact,
  ArrivalFact,
  AuthorizeFact,
  Observation,
  PollFact,
  TokenFact,
} from './observation.ts';
import { placeOf, siteOf } from './place.ts';
import { settle } from './settle.ts';
import { startLogin, UNKNOWN_APP } from './start-login.ts';

const HOUR = 3_600_000;
/** Flows, frames and polls remembered, each. */
const MOST_KEPT = 100;
/** How long what a server reported waits for a login. */
const WAIT_MS = 600_000;
/** A token that comes this long after a login is still that login's. */
const EXCHANGE_MS = 600_000;

/**
 * Adds one observation to the ledger, in order of arrival, and says what it changed. Changes the ledger in place;
 * reads nothing else, no clock in particular, so folding one by one and folding all at once give the same logins.
 */
export function fold(ledger: Ledger, o: Observation): Change {
  const unsettled: Unsettled = new Map();
  const change = step(ledger, o, unsettled);
  for (const [clientId, site] of unsettled.values())
    for (const id of settle(ledger, clientId, site)) change.logins.add(id);
  return change;
}

/** The apps and sites whose logins have new facts that nothing was derived from yet. */
type Unsettled = Map<string, readonly [clientId: string, site: string | null]>;

function unsettle(unsettled: Unsettled, clientId: string, site: string | null): void {
  unsettled.set(`${clientId} ${site}`, [clientId, site]);
}

/** Takes in one observation's own facts. Reads nothing that `settle` derives, so that may wait. */
function step(ledger: Ledger, o: Observation, unsettled: Unsettled): Change {
  const change: Change = {
    logins: new Set(),
    apps: new Set(),
    placedOn: null,
    adopted: new Map(),
  };
  const touch = (login: Login) => {
    change.logins.add(login.id);
    unsettle(unsettled, login.clientId, login.site);
  };
  const begin = (flow: Flow) => {
    const login = startLogin(ledger, flow, o);
    change.apps.add(login.clientId);
    change.placedOn = login.id;
    touch(login);
    adopt(ledger, login, o, change, unsettled);
  };
  const on = (login: Login) => {
    change.placedOn = login.id;
    touch(login);
  };

  switch (o.type) {
    case 'authorize':
      foldAuthorize(ledger, o, begin);
      break;
    case 'arrival':
      foldArrival(ledger, o, begin);
      break;
    case 'poll':
      foldPoll(ledger, o);
      break;
    case 'frame':
      if (o.tab && o.site) {
        delete ledger.track.frames[o.tab];
        ledger.track.frames[o.tab] = { site: o.site, at: o.at };
      }
      break;
    case 'token':
      foldToken(ledger, o, on, begin, change, unsettled);
      break;
    case 'api':
      foldCall(ledger, o, on, begin, change, unsettled);
      break;
    case 'watch':
      if (!o.site) break;
      ledger.track.sites[o.site] = { watched: o.watched, since: o.at };
      if (!o.watched)
        for (const id of openGap(ledger, o.at, 'no-site-access', o.site)) change.logins.add(id);
      break;
    case 'pause':
      ledger.track.pausedAt = o.paused ? (ledger.track.pausedAt ?? o.at) : null;
      if (o.paused) for (const id of openGap(ledger, o.at, 'paused', null)) change.logins.add(id);
      break;
    case 'start':
      for (const id of noteRestart(ledger, o.at)) change.logins.add(id);
      break;
    case 'mark':
    case 'label': {
      const login = ledger.logins.get(o.login);
      if (!login) break;
      if (o.type === 'label') login.label = o.label.trim() || null;
      else login.tester = o.mark && { at: o.at, mark: o.mark, note: o.note };
      on(login);
      break;
    }
    case 'app':
      setApp(ledger, o);
      resettleApp(ledger, o.clientId, change, unsettled);
      break;
    case 'silence':
      silence(ledger, o);
      change.apps.add(o.clientId);
      break;
    case 'unlink-callback':
      foldCallback(ledger, o.account, o.referrerType, o.at, on);
      break;
  }
  return change;
}

/** Keeps what a server reported before there was any login of its site. */
function keepWaiting(ledger: Ledger, o: Observation): void {
  if (o.source === 'server') ledger.track.waiting = [...ledger.track.waiting, o].slice(-MOST_KEPT);
}

/** Places what was reported for the site in the ten minutes before a login on it. */
function adopt(
  ledger: Ledger,
  login: Login,
  o: Observation,
  change: Change,
  unsettled: Unsettled,
): void {
  const { waiting } = ledger.track;
  if (!waiting.length) return;
  const sites = [login.site, originOf(login.redirectUri)];
  const mine = waiting.filter((w) => w.site !== null && sites.includes(w.site));
  // Another site's reports stay, whatever this login's clock says.
  ledger.track.waiting = waiting.filter((w) => !mine.includes(w));
  for (const w of mine.filter((m) => o.at - m.at <= WAIT_MS)) {
    const { logins, apps, placedOn } = step(ledger, w, unsettled);
    for (const id of logins) change.logins.add(id);
    for (const id of apps) change.apps.add(id);
    if (placedOn) change.adopted.set(w.id, placedOn);
  }
}

/** Folds a whole list, in the order given, into a new ledger. */
export function foldAll(observations: Iterable<Observation>): Ledger {
  const ledger = createLedger();
  const unsettled: Unsettled = new Map();
  for (const o of observations) step(ledger, o, unsettled);
  for (const [clientId, site] of unsettled.values()) settle(ledger, clientId, site);
  return ledger;
}

function resettleApp(ledger: Ledger, clientId: string, change: Change, unsettled: Unsettled): void {
  change.apps.add(clientId);
  for (const l of ledger.logins.values())
    if (l.clientId === clientId) {
      unsettle(unsettled, clientId, l.site);
      change.logins.add(l.id);
    }
}

function foldAuthorize(
  ledger: Ledger,
  o: Observation<AuthorizeFact>,
  begin: (flow: Flow) => void,
): void {
  const flow = stepFlow(ledger, o);
  forgetOldFlows(ledger);
  if (flow.done) return;
  const handedOver = flow.popup === 'message' && o.outcome === 'screen' && o.method === 'POST';
  if (o.outcome === 'code' || o.outcome === 'token' || handedOver) begin(flow);
}

/** Keeps the list small by number alone: what happens on one site must not make another's flow be forgotten. */
function forgetOldFlows(ledger: Ledger): void {
  const { flows, frames, polls } = ledger.track;
  for (const list of [flows, frames, polls])
    for (const key of Object.keys(list).slice(0, -MOST_KEPT)) delete list[key];
}

function foldArrival(
  ledger: Ledger,
  o: Observation<ArrivalFact>,
  begin: (flow: Flow) => void,
): void {
  const poll = o.tab ? ledger.track.polls[o.tab] : undefined;
  const flow = flowReaching(ledger, o, o.redirectUri);
  if (flow && (flow.popup === 'poll' || runsIn(flow, o.tab))) {
    // A popup's opener goes to the redirect URI itself, so the login is that tab's.
    if (flow.popup === 'poll' && o.tab) flow.tab = o.tab;
    if (o.outcome === 'code') begin(flow);
    else flow.done = true;
    if (o.tab) delete ledger.track.polls[o.tab];
    return;
  }
  // Without a flow of Kakao's in this tab the code may be another provider's.
  if (!poll || !o.tab || o.at - poll.at > HOUR) return;
  delete ledger.track.polls[o.tab];
  if (o.outcome === 'code') {
    const polled = polledFlow(poll, o);
    begin({ ...polled, redirectUri: o.redirectUri, site: poll.site ?? originOf(o.redirectUri) });
  }
}

function foldPoll(ledger: Ledger, o: Observation<PollFact>): void {
  if (!o.tab || !o.clientId) return;
  const before = ledger.track.polls[o.tab];
  const { clientId, site, watched, at } = o;
  delete ledger.track.polls[o.tab];
  ledger.track.polls[o.tab] =
    before?.clientId === clientId ? { ...before, watched } : { clientId, site, watched, at };
}

function foldToken(
  ledger: Ledger,
  o: Observation<TokenFact>,
  on: (login: Login) => void,
  begin: (flow: Flow) => void,
  change: Change,
  unsettled: Unsettled,
): void {
  const newCode = o.grant === 'authorization_code' && o.status === 200 && o.source === 'har';
  const fits = (l: Login | undefined): l is Login =>
    l !== undefined &&
    (!o.clientId || [UNKNOWN_APP, o.clientId].includes(l.clientId)) &&
    (!newCode || Math.abs(o.at - l.loggedInAt) <= EXCHANGE_MS);
  const placed = placeOf(ledger, o, o.account)?.login;
  // A popup of the page's own making: the page that exchanges the code had its last login long ago.
  const login = fits(placed) || !newCode ? placed : recentLogin(ledger, o, fits);
  if (fits(login)) {
    if (login.clientId === UNKNOWN_APP && o.clientId) {
      login.clientId = o.clientId;
      ledger.apps.set(o.clientId, ledger.apps.get(o.clientId) ?? newApp(o.clientId));
      change.apps.add(o.clientId);
      unsettle(unsettled, UNKNOWN_APP, login.site);
    }
    applyToken(login, o);
    on(login);
  } else if (newCode && o.clientId) {
    // The recording starts in the middle: the exchange itself shows that there was a login.
    const { clientId, redirectUri } = o;
    const site = o.site ?? originOf(redirectUri);
    begin(newFlow(o, { clientId, redirectUri, site, watched: true }));
    const begun = ledger.logins.get(o.id);
    if (begun) {
      applyToken(begun, o);
      on(begun);
    }
  } else if (!login) {
    keepWaiting(ledger, o);
  }
}

function recentLogin(
  ledger: Ledger,
  o: Observation<TokenFact>,
  fits: (l: Login) => boolean,
): Login | undefined {
  const site = siteOf(ledger, o);
  return [...ledger.logins.values()]
    .reverse()
    .find(
      (l) =>
        l.cookieStore === o.cookieStore &&
        l.site === site &&
        (!o.account || !l.userHash || l.userHash === o.account) &&
        fits(l),
    );
}

function foldCall(
  ledger: Ledger,
  o: Observation<ApiFact>,
  on: (login: Login) => void,
  begin: (flow: Flow) => void,
  change: Change,
  unsettled: Unsettled,
): void {
  if (o.method === 'OPTIONS') return;
  const handed = o.inFrame && o.status === 200 ? messageFlow(ledger, o) : undefined;
  if (handed && !placeOf(ledger, o, o.account)) begin(handed);
  const place = placeOf(ledger, o, o.account);
  if (!place) return keepWaiting(ledger, o);
  const { login } = place;
  const doubt = place.doubt ?? (handed && login.id !== o.id ? 'account-unknown' : null);
  applyCall(login, o, doubt);
  const evidence = modeEvidence(o);
  const app = ledger.apps.get(login.clientId) ?? newApp(login.clientId);
  if (evidence && !doubt) {
    ledger.apps.set(login.clientId, { ...app, ...evidence, inferredAt: o.at });
    if (evidence.inferred !== app.inferred) resettleApp(ledger, login.clientId, change, unsettled);
    change.apps.add(login.clientId);
  }
  on(login);
}

/** A popup that showed a page and then handed a token over at once leaves only the call that uses the token. */
function messageFlow(ledger: Ledger, o: Observation<ApiFact>): Flow | undefined {
  const site = o.site ?? (o.tab ? ledger.track.frames[o.tab]?.site : null);
  return Object.values(ledger.track.flows).find(
    (f) =>
      f.popup === 'message' &&
      !f.done &&
      f.screenShown &&
      o.at - f.lastAt <= HOUR &&
      f.cookieStore === o.cookieStore &&
      (site ? f.site === site : runsIn(f, o.tab)),
  );
}

function foldCallback(
  ledger: Ledger,
  account: string | null,
  referrerType: string,
  at: number,
  on: (login: Login) => void,
): void {
  if (!account) return;
  const login = [...ledger.logins.values()]
    .reverse()
    .find((l) => l.userHash === account && l.loggedInAt <= at);
  if (!login) return;
  login.callback = { at, referrerType };
  on(login);
}
