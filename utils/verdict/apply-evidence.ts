import { CUT_BY_MS, WINDOW_MS } from '../kakao/policy.ts';
import { linkMode } from '../model/app.ts';
import type {
  Completion,
  CompletionDoubt,
  CompletionSlot,
  Evidence,
  Login,
  OpenDoubt,
} from '../model/login.ts';
import { isBeforeToken, wasAskedElsewhereBefore } from './token-issue.ts';
import type { Derivation, LoginLinks } from './derivation.ts';
import { completes, isCut, isDead, isSurelyFirst, type Link } from './link.ts';
import { strongerCompletion } from './record-call.ts';

/** What one request says of the links whose token it may carry. */
export function applyEvidence(derivation: Derivation, evidence: Evidence): void {
  const bearers = evidence.of.flatMap((id) => {
    const links = derivation.linksOfLogins.get(id);
    const login = derivation.loginState.logins.get(id);
    return links && login ? [{ login, links }] : [];
  });
  const good = withLinks(bearers, evidence, isDead);
  // A token that Kakao still takes though no link of its logins can be there: Kakao's job left one of them, or the token is of
  // another login, perhaps of one that retention has removed.
  const isWhole = evidence.of.every((id) => derivation.loginState.logins.has(id));
  const isExplained = good.length > 0 && isWhole;
  // A site may have kept the token of whoever logged in before.
  const isKept = bearers.every(
    ({ login }) =>
      isBeforeToken(login, evidence.sentAt) || wasAskedElsewhereBefore(login, evidence),
  );
  const request =
    isExplained && !isKept ? evidence : { ...evidence, doubt: evidence.doubt ?? UNEXPLAINED };
  const there = good.length ? good : withLinks(bearers, evidence, isCut);
  const alive = ofNamedAccount(derivation, there, request);
  const [best] = alive;
  if (!best) return;
  const all = new Set(alive.flatMap(({ links }) => allLinks(links)));
  const [only] = all;
  const isSure = all.size === 1 && request.doubt === null && !(only?.isOlder && alive.length > 1);
  // A login's own link has its calls for sure, whichever link that is.
  const ofOne = alive.length === 1 && request.doubt === null ? best.links.surely : null;
  const likeliest = likeliestOf(best.links, request);
  const doubt = doubtOf(request, alive, likeliest);
  for (const link of all) {
    if (applyOpenDoubt(derivation, link, request)) continue;
    if (isSure || link === ofOne) apply(derivation, link, request, null);
    else if (link === likeliest) apply(derivation, link, request, doubt);
    else applyPossible(derivation, link, request);
  }
  if (request.what === 'unlink' && !isSure && all.size > 1)
    derivation.noteUnsureCut(request.before);
}

/** The doubt about a call that no link which may be there explains. */
const UNEXPLAINED: CompletionDoubt = 'account-unknown';

/** The logins that had, or may have had, a link when a request was sent, with these links. `isGone` says which were not there. */
function withLinks<T extends { login: Login; links: LoginLinks }>(
  all: readonly T[],
  request: Evidence,
  isGone: (link: Link, at: number) => boolean,
): T[] {
  return all.flatMap((one) => {
    const links = withoutDead(one.links, request, isGone);
    return allLinks(links).length ? [{ ...one, links }] : [];
  });
}

/** Of some logins only those of the account that an answer named, where their link is not in doubt. */
function ofNamedAccount<T extends { login: Login; links: LoginLinks }>(
  derivation: Derivation,
  alive: T[],
  { account, sentAt }: Evidence,
): T[] {
  if (account === null) return alive;
  const named = alive.filter(({ login }) => login.userHash === account);
  const isThere = (link: Link | null) =>
    link !== null && !link.maybeCut && (link.isOlder || derivation.isSurelyAlive(link, sentAt));
  // A later link of an account that nothing names may be the same one's, whose earlier link was cut unseen.
  const isMadeLater = ({ maker }: Link) =>
    isSurelyFirst(maker) && named.some((n) => n.login.ordinal < maker.ordinal);
  const mayBeAnew = ({ login, links }: T) =>
    login.userHash === null && allLinks(links).some(isMadeLater);
  const areSure = named.length > 0 && named.every((n) => isThere(n.links.surely));
  return areSure && !alive.some(mayBeAnew) ? named : alive;
}

/** The links without those that were surely gone when a request was sent: no token of theirs was good then. */
function withoutDead(
  { surely, perhaps }: LoginLinks,
  request: Evidence,
  isGone: (link: Link, at: number) => boolean,
): LoginLinks {
  const at = request.sentAt;
  const isGood = (link: Link) => request.status !== 200 || !isGone(link, at);
  return {
    surely: surely && isGood(surely) ? surely : null,
    perhaps: perhaps.filter(isGood),
  };
}

/** The link that a token is likeliest for; null where several are as likely. */
function likeliestOf({ surely, perhaps }: LoginLinks, { at }: Evidence): Link | null {
  if (surely && !surely.isOlder) return surely;
  const open = perhaps.filter(
    (l) => !l.completed && !l.isOlder && at - l.maker.loggedInAt <= WINDOW_MS,
  );
  return open.length === 1 ? (open[0] ?? null) : null;
}

function doubtOf(
  request: Evidence,
  alive: readonly { login: Login; links: LoginLinks }[],
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
  'unlink-unanswered': 'cut-unsure',
  popup: 'other-login-unseen',
  'handed-over': 'token-handed-over',
};

/** Applies a request that only makes it doubtful whether a link is open still; returns whether it is such a one. */
function applyOpenDoubt(derivation: Derivation, link: Link, { what, at }: Evidence): boolean {
  const doubt = OPEN_DOUBTS[what];
  if (!doubt) return false;
  if (doubt === 'cut-unsure') derivation.changeLink(link, { maybeCut: true });
  if (completes(what, link.app) !== 'no') addDoubt(derivation, link, at, doubt);
  return true;
}

/** Applies a request to the link it is of, surely or, with a doubt, likely. */
function apply(
  derivation: Derivation,
  link: Link,
  request: Evidence,
  ownDoubt: CompletionDoubt | null,
): void {
  const { maker, app } = link;
  const doubt = ownDoubt ?? (link.isToldOfEarlier ? 'account-unknown' : null);
  const { what, at, sentAt, source, method, path, status } = request;
  if (what === 'signup-unanswered') {
    if (linkMode(app) !== 'auto') derivation.changeLink(link, { maybeCompleted: true });
    addPossible(derivation, maker, 'signupAnswer', at);
    return;
  }
  if (what === 'unlink') {
    derivation.changeLink(link, { maybeCut: true, ...(doubt === null ? { cutAt: at } : {}) });
    if (doubt !== null) addDoubt(derivation, link, at, 'cut-unsure');
    if (maker.cut && !maker.cut.likely) return;
    derivation.changeLogin(maker, {
      cut: { at, because: 'unlink-call', ...(doubt === null ? {} : { likely: true as const }) },
    });
    return;
  }
  const sent = sentAt < at ? { sentAt } : {};
  const completion: Completion = { at, ...sent, source, method, path, status, doubt };
  const slot = what === 'listed' ? 'creditedListedCall' : 'creditedSignupCall';
  derivation.changeLogin(maker, { [slot]: strongerCompletion(maker, maker[slot], completion) });
  const counts = completes(what, app);
  if (counts === 'no') return;
  const isInTime = at - maker.loggedInAt <= WINDOW_MS;
  // When the window of a link ended that may have been there before is not known.
  const isInWindow = isInTime && (what !== 'listed' || isSurelyFirst(maker));
  const isSurely = counts === 'yes' && doubt === null && isInWindow;
  // By then Kakao's job had its time: a call that may be another login's tells nothing new.
  if (doubt !== null && at - maker.loggedInAt > CUT_BY_MS) return;
  derivation.changeLink(link, { maybeCompleted: true, ...(isSurely ? { completed: true } : {}) });
}

/** Notes that a request may be of a link, though it is likelier another's. */
function applyPossible(derivation: Derivation, link: Link, request: Evidence): void {
  const { maker, app } = link;
  const { what, at } = request;
  if (what === 'unlink') {
    derivation.changeLink(link, { maybeCut: true });
    addDoubt(derivation, link, at, 'cut-unsure');
    return;
  }
  if (completes(what, app) !== 'no') derivation.changeLink(link, { maybeCompleted: true });
  if (what === 'signup-unanswered') addPossible(derivation, maker, 'signupAnswer', at);
  else if (what === 'listed') addPossible(derivation, maker, 'listedCall', at);
  // Being signed up tells of a sign-up before, perhaps in time.
  else
    addPossible(
      derivation,
      maker,
      'signupCall',
      request.status === 200 && what === 'signup' ? at : maker.loggedInAt,
    );
}

function addPossible(
  derivation: Derivation,
  login: Login,
  slot: CompletionSlot | 'signupAnswer',
  at: number,
): void {
  const possibleCalls = withPossibleCall(login, slot, at);
  if (possibleCalls !== login.possibleCalls) derivation.changeLogin(login, { possibleCalls });
}

/** A login's possible calls with one more, made at an instant (epoch ms): of each kind the earliest is kept. */
export function withPossibleCall(
  { possibleCalls }: Login,
  slot: CompletionSlot | 'signupAnswer',
  at: number,
): Login['possibleCalls'] {
  const isEarlier = at < (possibleCalls[slot] ?? Infinity);
  return isEarlier ? { ...possibleCalls, [slot]: at } : possibleCalls;
}

/** All of these links. */
export function allLinks({ surely, perhaps }: LoginLinks): Link[] {
  return surely ? [surely, ...perhaps] : perhaps;
}

/** Notes why it is not certain, from an instant (epoch ms) on, that a link is still open. */
export function addDoubt(derivation: Derivation, link: Link, at: number, doubt: OpenDoubt): void {
  const { maker } = link;
  if (at - maker.loggedInAt > CUT_BY_MS) return;
  // Thousands of logins may doubt the same links: what is known already is not written down again.
  if (doubt !== 'cut-unsure' && !link.maybeCompleted)
    derivation.changeLink(link, { maybeCompleted: true });
  const same = maker.openDoubts.find((d) => d.doubt === doubt);
  if (same && same.at <= at) return;
  const others = maker.openDoubts.filter((d) => d !== same);
  derivation.changeLogin(maker, { openDoubts: [...others, { at, doubt }] });
}
