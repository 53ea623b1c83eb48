import { CUT_BY_MS, WINDOW_MS } from '../kakao/policy.ts';
import { appOf, linkMode, type App } from '../model/app.ts';
import type {
  Completion,
  CompletionDoubt,
  CompletionSlot,
  Evidence,
  Login,
  OpenDoubt,
} from '../model/login.ts';
import { groupByAccount, relate, type AccountGroups, type Relation } from './accounts.ts';
import { classifyLogin, CONNECTED_TOLERANCE_MS } from './classify-login.ts';
import { appsThatMayBeOne, loginsOfApp } from './find-logins.ts';
import { completes, isCut, isDead, isSurelyAlive, newLink, type Link } from './link.ts';
import type { LoginState } from './login-state.ts';
import { strongerCompletion } from './record-call.ts';

/** The links that a login's token may be for: one surely, or several perhaps. */
interface Standing {
  surely: Link | null;
  perhaps: Link[];
}

/** What is known, so far in order of arrival, of all logins that may be of one app. */
interface Derivation {
  loginState: LoginState;
  groups: AccountGroups;
  links: Link[];
  standings: Map<string, Standing>;
  done: Login[];
}

/**
 * Derives all that the logins of apps say about each other: accounts, kinds, which request completes which link, cut and
 * surviving links. Takes logins and requests in order of arrival. Reads own facts only, so it may be run again at any
 * time. Returns the ids of the logins whose derived fields changed.
 */
export function deriveLogins(loginState: LoginState, clientIds: Iterable<string>): string[] {
  const changed: string[] = [];
  const done = new Set<string>();
  for (const clientId of clientIds) {
    if (done.has(clientId)) continue;
    const realm = appsThatMayBeOne(loginState, clientId);
    for (const key of realm) done.add(key);
    const logins = [...realm]
      .flatMap((key) => [...loginsOfApp(loginState, key)])
      .sort((a, b) => a.ordinal - b.ordinal);
    const before = logins.map(derivedFields);
    deriveRealm(loginState, logins);
    changed.push(...logins.filter((l, i) => before[i] !== derivedFields(l)).map((l) => l.id));
  }
  return changed;
}

function deriveRealm(loginState: LoginState, logins: readonly Login[]): void {
  const groups = groupByAccount(logins);
  const derivation: Derivation = {
    loginState,
    groups,
    links: [],
    standings: new Map(),
    done: [],
  };
  for (const login of logins) resetDerived(login, groups.groupOf(login));
  const requests = evidenceInOrder(logins);
  let next = 0;
  for (const login of logins) {
    for (; (requests[next]?.before ?? Infinity) <= login.ordinal; next += 1)
      applyEvidence(derivation, requests[next] as Evidence);
    deriveLogin(derivation, login);
  }
  for (const request of requests.slice(next)) applyEvidence(derivation, request);
}

/** Every request once, in order of arrival. */
function evidenceInOrder(logins: readonly Login[]): Evidence[] {
  const seen = new Map<string, Evidence>();
  for (const login of logins)
    for (const evidence of login.evidence) seen.set(`${evidence.id} ${evidence.what}`, evidence);
  return [...seen.values()].sort((a, b) => a.before - b.before || a.at - b.at);
}

function resetDerived(login: Login, accountId: string): void {
  login.accountId = accountId;
  login.creditedListedCall = null;
  login.creditedSignupCall = null;
  login.cut = null;
  login.linkSurvived = null;
  login.openDoubts = [];
  delete login.possibleCalls;
}

/** A link that a login may be of, and how they stand to each other. */
interface Found {
  link: Link;
  relation: Exclude<Relation, 'different'>;
}

/** Derives one login after all that came before it, and what it says of earlier links. */
function deriveLogin(derivation: Derivation, login: Login): void {
  const { loginState, links, standings, done } = derivation;
  const app = appOf(loginState, login.clientId);
  const found = findLinks(derivation, login);
  Object.assign(
    login,
    classifyLogin(login, {
      linkMode: linkMode(app),
      alive: aliveAmong(derivation, found, login),
      madeMeanwhile: madeMeanwhile(derivation, found, login),
      any: found.some((f) => !f.link.isOlder),
      endedAt: related(derivation, login).map((l) => l.loggedInAt),
      connectedAts: new Set(related(derivation, login).flatMap((l) => l.connectedAt ?? [])),
    }),
  );
  done.push(login);

  if (login.kind === 'repeat') {
    standings.set(login.id, standingOf(derivation, found, login, app));
    noteUnseenCalls(standings.get(login.id), login);
    return;
  }
  noteNewLink(found, login);
  const isSurelyNew = login.kind === 'first' && login.certainty === 'certain';
  const perhaps = isSurelyNew ? [] : found.map((f) => f.link);
  const own = newLink(login, app, false, perhaps);
  links.push(own);
  standings.set(login.id, { surely: own, perhaps });
  noteUnseenCalls({ surely: null, perhaps }, login);
  applyCallback(own, login);
  noteConsentRequired(own, login);
}

/** The links that are not surely dead and that a login may be of, in order of arrival. */
function findLinks(derivation: Derivation, login: Login): Found[] {
  return derivation.links.flatMap((link) => {
    if (isCut(link, login.loggedInAt)) return [];
    const relation = relationTo(derivation, link.maker, login);
    if (relation === 'different') return [];
    // What is missed is gone after two days, unless a login of the account itself shows otherwise.
    return relation === 'maybe' && isDead(link, login.loggedInAt) ? [] : [{ link, relation }];
  });
}

function relationTo({ groups, loginState }: Derivation, earlier: Login, login: Login): Relation {
  const app = (l: Login) => appOf(loginState, l.clientId);
  const relation = relate(earlier, login, groups, app);
  if (relation !== 'same' && relation !== 'session') return relation;
  return contradictsLink(earlier, login, app(login)) ? 'maybe' : relation;
}

/** Whether a login's `connected_at` is not that of the link that an earlier login made. */
function contradictsLink(maker: Login, { connectedAt }: Login, app: App): boolean {
  if (connectedAt === null) return false;
  if (connectedAt < maker.startedAt - CONNECTED_TOLERANCE_MS) return true;
  return linkMode(app) === 'auto' && connectedAt > maker.loggedInAt + CONNECTED_TOLERANCE_MS;
}

/** The earlier logins that may be of a login's account and app. */
function related(derivation: Derivation, login: Login): Login[] {
  if (login.connectedAt === null) return [];
  return derivation.done.filter((l) => relationTo(derivation, l, login) !== 'different');
}

/** Whether the account of a login had a link when it ended, as far as the links that were found say. */
function aliveAmong(
  derivation: Derivation,
  found: readonly Found[],
  login: Login,
): 'surely' | 'no' | 'unknown' {
  const latest = found.findLast((f) => f.relation === 'same');
  if (latest) return isSurelyAlive(latest.link, login.loggedInAt) ? 'surely' : 'unknown';
  if (found.length) return 'unknown';
  const last = derivation.links.findLast((l) => relationTo(derivation, l.maker, login) === 'same');
  return last ? 'no' : 'unknown';
}

/** Whether another login made, or found, the account's link while the consent screen of a login was shown. */
function madeMeanwhile(
  derivation: Derivation,
  found: readonly Found[],
  login: Login,
): 'surely' | 'no' | 'unknown' {
  const { screenOrdinal } = login;
  if (screenOrdinal === null) return 'no';
  const meanwhile = derivation.done.filter(
    (l) => l.ordinal >= screenOrdinal && relationTo(derivation, l, login) !== 'different',
  );
  if (!meanwhile.length) return 'no';
  const standings = meanwhile.map((l) => derivation.standings.get(l.id));
  const areAllDead = standings.every(
    (s) => s?.surely && !s.perhaps.length && isDead(s.surely, login.loggedInAt),
  );
  if (areAllDead) return 'no';
  const isSure = found.some(
    ({ link, relation }) =>
      relation === 'same' &&
      meanwhile.some((l) => derivation.standings.get(l.id)?.surely === link) &&
      isSurelyAlive(link, login.loggedInAt),
  );
  return isSure ? 'surely' : 'unknown';
}

/** Which link a repeat found: the latest of its account, or any that may be. */
function standingOf(
  derivation: Derivation,
  found: readonly Found[],
  login: Login,
  app: App,
): Standing {
  const { links } = derivation;
  const latest = found.findLastIndex((f) => f.relation === 'same');
  const later = found.slice(latest + 1);
  const known = found[latest];
  if (known && !later.length) {
    noteSurvival(known.link, login, true);
    return {
      surely: known.link,
      perhaps: known.link.mayBe.filter((l) => !isCut(l, login.loggedInAt)),
    };
  }
  if (known) return { surely: null, perhaps: [known.link, ...later.map((f) => f.link)] };
  // The link may be one of those found, or one that was there before everything.
  const bySession = found.findLast((f) => f.relation === 'session');
  if (bySession) noteSurvival(bySession.link, login, false);
  const perhaps = found.map((f) => f.link);
  const older = newLink(login, app, true, perhaps);
  links.push(older);
  return { surely: older, perhaps };
}

/** A repeat with no consent screen after Kakao's job had its time: the link is alive. */
function noteSurvival(link: Link, login: Login, isSure: boolean): void {
  const { maker } = link;
  if (login.consent !== 'none' || login.loggedInAt - maker.loggedInAt < CUT_BY_MS) return;
  if (isSure) link.survived = true;
  else link.maybeCompleted = true;
  const isKnown = maker.linkSurvived && (!maker.linkSurvived.likely || !isSure);
  if (isKnown) return;
  maker.linkSurvived = {
    at: login.loggedInAt,
    by: login.id,
    ...(isSure && !link.maybeCompleted ? {} : { likely: true as const }),
  };
}

/** A login that surely made a new link: the account's link before it is gone. */
function noteNewLink(found: readonly Found[], login: Login): void {
  if (login.kind !== 'first' || login.certainty !== 'certain') return;
  const latest = found.findLast((f) => f.relation !== 'maybe');
  if (!latest) return;
  const { link, relation } = latest;
  const { maker } = link;
  const isNamed =
    relation === 'same' &&
    ((maker.userHash !== null && maker.userHash === login.userHash) ||
      (maker.label !== null && maker.label === login.label));
  link.maybeCut = true;
  if (isNamed) link.cutAt = login.loggedInAt;
  if (maker.cut && !maker.cut.likely) return;
  maker.cut = {
    at: login.loggedInAt,
    because: 'consent-again',
    ...(isNamed ? {} : { likely: true as const }),
  };
}

/** Calls of a later login of the link that nobody could see may have completed it. */
function noteUnseenCalls(standing: Standing | undefined, login: Login): void {
  if (!standing) return;
  const isVisible = (login.seenInBrowser || login.reportedByServer) && login.tokenAt !== null;
  const gapAt = login.visibilityGap?.at ?? null;
  if (isVisible && gapAt === null) return;
  const since = isVisible ? (gapAt ?? login.loggedInAt) : login.loggedInAt;
  for (const link of linksOf(standing))
    if (link.maker !== login) addDoubt(link, since, 'other-login-unseen');
}

function linksOf({ surely, perhaps }: Standing): Link[] {
  return surely ? [surely, ...perhaps] : perhaps;
}

function addDoubt(link: Link, at: number, doubt: OpenDoubt): void {
  const { maker } = link;
  if (at - maker.loggedInAt > CUT_BY_MS) return;
  if (doubt !== 'cut-unsure') link.maybeCompleted = true;
  const same = maker.openDoubts.find((d) => d.doubt === doubt);
  if (same) same.at = Math.min(same.at, at);
  else maker.openDoubts.push({ at, doubt });
}

/** A callback of Kakao's about the account of a login that made a link. */
function applyCallback(link: Link, login: Login): void {
  const { callback } = login;
  if (!callback) return;
  const { at, referrerType, timeUnknown, otherApp } = callback;
  if (otherApp) return;
  const isJob = referrerType === 'INCOMPLETE_SIGN_UP';
  // The job comes no sooner than a day after the login, and Kakao's console sends such callbacks as a test, too.
  if (isJob && !timeUnknown && at - login.loggedInAt < WINDOW_MS) return;
  const isSure = !isJob && !timeUnknown;
  if (isSure) link.cutAt = at;
  link.maybeCut = true;
  login.cut = { at, because: 'callback', ...(isSure ? {} : { likely: true as const }) };
}

/** Kakao refused a silent login of the account's session: the link is gone, if the session still was its own. */
function noteConsentRequired(link: Link, login: Login): void {
  if (login.consentRequiredAt === null || login.cut) return;
  link.maybeCut = true;
  login.cut = { at: login.consentRequiredAt, because: 'consent-again', likely: true };
}

/** What one request says of the links whose token it may carry. */
function applyEvidence(derivation: Derivation, request: Evidence): void {
  const standings = request.of.flatMap((id) => {
    const standing = derivation.standings.get(id);
    const login = derivation.loginState.logins.get(id);
    return standing && login ? [{ login, standing }] : [];
  });
  const alive = ofNamedAccount(withLinks(standings, request), request);
  const [best] = alive;
  if (!best) return;
  const all = new Set(alive.flatMap(({ standing }) => linksOf(standing)));
  const [only] = all;
  const isSure = all.size === 1 && request.doubt === null && !(only?.isOlder && alive.length > 1);
  // A login's own link has its calls for sure, whichever link that is.
  const ofOne = alive.length === 1 && request.doubt === null ? best.standing.surely : null;
  const likeliest = likeliestOf(best.standing, request);
  const doubt = doubtOf(request, alive, likeliest);
  for (const link of all) {
    if (isSure || link === ofOne) apply(link, request, null);
    else if (link === likeliest) apply(link, request, doubt);
    else applyPossible(link, request);
  }
}

/** The logins with a link that may have been there when a request was sent. */
function withLinks<T extends { login: Login; standing: Standing }>(
  all: readonly T[],
  request: Evidence,
): T[] {
  const keep = (isGone: (link: Link, at: number) => boolean) =>
    all.flatMap((one) => {
      const standing = withoutDead(one.standing, request, isGone);
      return linksOf(standing).length ? [{ ...one, standing }] : [];
    });
  const alive = keep(isDead);
  // An answer of 200 to a token of a link that was missed: Kakao's job has left it, so something did complete it.
  return alive.length ? alive : keep(isCut);
}

/** Of some logins only those of the account that an answer named, where their link is not in doubt. */
function ofNamedAccount<T extends { login: Login; standing: Standing }>(
  alive: T[],
  { account }: Evidence,
): T[] {
  if (account === null) return alive;
  const named = alive.filter(({ login }) => login.userHash === account);
  const areSure = named.length > 0 && named.every((n) => n.standing.surely?.maybeCut === false);
  return areSure ? named : alive;
}

/** A standing without the links that were surely gone when a request was sent: no token of theirs was good then. */
function withoutDead(
  { surely, perhaps }: Standing,
  request: Evidence,
  isGone: (link: Link, at: number) => boolean,
): Standing {
  const at = request.sentAt;
  const isGood = (link: Link) => request.status !== 200 || !isGone(link, at);
  return {
    surely: surely && isGood(surely) ? surely : null,
    perhaps: perhaps.filter(isGood),
  };
}

/** The link that a token is likeliest for; null where several are as likely. */
function likeliestOf({ surely, perhaps }: Standing, { at }: Evidence): Link | null {
  if (surely && !surely.isOlder) return surely;
  const open = perhaps.filter(
    (l) => !l.completed && !l.isOlder && at - l.maker.loggedInAt <= WINDOW_MS,
  );
  return open.length === 1 ? (open[0] ?? null) : null;
}

function doubtOf(
  request: Evidence,
  alive: readonly { login: Login; standing: Standing }[],
  likeliest: Link | null,
): CompletionDoubt {
  const [first, ...others] = alive;
  if (request.doubt) return request.doubt;
  const isOneSite = others.every(
    ({ login }) => login.clientId === first?.login.clientId && login.site === first?.login.site,
  );
  const isOwnLink = first?.login === likeliest?.maker;
  return others.length && isOneSite && isOwnLink ? 'other-tab' : 'account-unknown';
}

const OPEN_DOUBTS: Partial<Record<Evidence['what'], OpenDoubt>> = {
  'listed-unanswered': 'answer-unknown',
  unconfirmed: 'unconfirmed-call',
  unreadable: 'report-unreadable',
  'handed-over': 'token-handed-over',
};

/** Applies a request to the link it is of, surely or, with a doubt, likely. */
function apply(link: Link, request: Evidence, doubt: CompletionDoubt | null): void {
  const { maker, app } = link;
  const { what, at, source, method, path, status } = request;
  const open = OPEN_DOUBTS[what];
  if (open) {
    if (completes(what, app) !== 'no') addDoubt(link, at, open);
    return;
  }
  if (what === 'signup-unanswered') {
    if (linkMode(app) !== 'auto') link.maybeCompleted = true;
    addPossible(maker, 'signupAnswer', at);
    return;
  }
  if (what === 'unlink') {
    link.maybeCut = true;
    if (doubt === null) link.cutAt = at;
    if (doubt !== null) addDoubt(link, at, 'cut-unsure');
    if (maker.cut && !maker.cut.likely) return;
    maker.cut = {
      at,
      because: 'unlink-call',
      ...(doubt === null ? {} : { likely: true as const }),
    };
    return;
  }
  const completion: Completion = { at, source, method, path, status, doubt };
  if (what === 'listed')
    maker.creditedListedCall = strongerCompletion(maker, maker.creditedListedCall, completion);
  else maker.creditedSignupCall = strongerCompletion(maker, maker.creditedSignupCall, completion);
  const counts = completes(what, app);
  if (counts === 'no') return;
  link.maybeCompleted = true;
  const isInTime = at - maker.loggedInAt <= WINDOW_MS;
  if (counts === 'yes' && doubt === null && isInTime) link.completed = true;
}

/** Notes that a request may be of a link, though it is likelier another's. */
function applyPossible(link: Link, request: Evidence): void {
  const { maker, app } = link;
  const { what, at } = request;
  const open = OPEN_DOUBTS[what];
  if (open) {
    if (completes(what, app) !== 'no') addDoubt(link, at, open);
    return;
  }
  if (what === 'unlink') {
    link.maybeCut = true;
    addDoubt(link, at, 'cut-unsure');
    return;
  }
  if (completes(what, app) !== 'no') link.maybeCompleted = true;
  if (what === 'signup-unanswered') addPossible(maker, 'signupAnswer', at);
  else if (what === 'listed') addPossible(maker, 'listedCall', at);
  // Being signed up tells of a sign-up before, perhaps in time.
  else
    addPossible(
      maker,
      'signupCall',
      request.status === 200 && what === 'signup' ? at : maker.loggedInAt,
    );
}

function addPossible(maker: Login, slot: CompletionSlot | 'signupAnswer', at: number): void {
  const calls = (maker.possibleCalls ??= {});
  calls[slot] = Math.min(calls[slot] ?? Infinity, at);
}

/** The derived fields as one string, to compare. `kindBecause` stands for `kind` and `certainty` too. */
function derivedFields(login: Login): string {
  return JSON.stringify([
    login.kindBecause,
    login.certainty,
    login.accountId,
    login.creditedListedCall,
    login.creditedSignupCall,
    login.cut,
    login.linkSurvived,
    login.possibleCalls,
    login.openDoubts,
  ]);
}
