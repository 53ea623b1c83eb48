import { CUT_BY_MS, WINDOW_MS } from '../kakao/policy.ts';
import { linkMode } from '../model/app.ts';
import type { Login } from '../model/login.ts';
import { SECOND_MS } from '../model/time.ts';
import { addDoubt, applyEvidence, allLinks } from './apply-evidence.ts';
import {
  CLOCK_ERROR_MS,
  CONNECTED_TOLERANCE_MS,
  classifyLogin,
  isConnectedBeforeConsent,
} from './classify-login.ts';
import { perhapsAfter } from './crowd.ts';
import { unseenCallsSince } from './token-issue.ts';
import { Derivation, MAX_CHECKPOINTS, type LoginLinks } from './derivation.ts';
import { indexVersion, loginsAfter } from './login-index.ts';
import type { FoundLinks } from './found-links.ts';
import { isCut, isDead, isSurelyFirst, newLink, type Link } from './link.ts';
import type { LoginState } from './login-state.ts';
import type { DirtyLogins } from './reduce-context.ts';

/** What was derived of a state so far. A cache: it can be made anew at any time. */
const derivations = new WeakMap<object, Derivation>();

/**
 * Brings up to date what logins say about each other: accounts, kinds, which request completes which link, cut and
 * surviving links. Takes logins and requests in order of arrival and begins at the first login with new own facts. Reads
 * own facts only. `retracted` names the requests whose evidence was taken back or replaced. Returns the ids of the logins
 * whose derived fields changed.
 */
export function deriveLogins(
  loginState: LoginState,
  dirty: DirtyLogins,
  retracted: ReadonlySet<string> = new Set(),
): string[] {
  if (!dirty.size) return [];
  const version = indexVersion(loginState);
  const known = derivations.get(version);
  let from = Infinity;
  for (const { ordinal } of dirty) from = Math.min(from, ordinal);
  const isUsable = known?.undoTo(from) ?? false;
  const derivation = known && isUsable ? known : new Derivation(loginState);
  derivations.set(version, derivation);
  const logins = loginsAfter(loginState, derivation.done.at(-1)?.ordinal ?? -1);
  derivation.forgetEvidence(retracted);
  for (const login of isUsable ? dirty : logins) derivation.addEvidence(login);
  // Of thousands of logins only the last can be derived anew without beginning from the first.
  const firstCheckpoint = isUsable ? 0 : logins.length - MAX_CHECKPOINTS;
  for (const [i, login] of logins.entries()) {
    applyEvidenceBefore(derivation, login.ordinal);
    if (i >= firstCheckpoint) derivation.addCheckpoint(login);
    deriveLogin(derivation, login);
  }
  applyEvidenceBefore(derivation, Infinity);
  return derivation.takeChanged();
}

/** Applies the requests that arrived before the login with an ordinal. */
function applyEvidenceBefore(derivation: Derivation, ordinal: number): void {
  for (;;) {
    const request = derivation.evidence[derivation.applied];
    if (!request || request.before > ordinal) return;
    derivation.applied += 1;
    applyEvidence(derivation, request);
  }
}

/** Derives one login after all that came before it, and what it says of earlier links. */
function deriveLogin(derivation: Derivation, login: Login): void {
  const maker = derivation.makerByConnectedAt(login);
  derivation.groups.add(login, maker);
  derivation.closeLinks(login);
  const app = derivation.appOf(login);
  doubtCallbackBefore(derivation, login);
  const found = derivation.findLinks(login);
  const otherConnectedThen = maker !== undefined || derivation.otherConnectedThen(login);
  derivation.changeLogin(login, {
    accountId: derivation.groups.groupOf(login),
    creditedListedCall: null,
    creditedSignupCall: null,
    cut: null,
    linkSurvived: null,
    openDoubts: [],
    possibleCalls: {},
    ...classifyLogin(login, {
      linkMode: linkMode(app),
      alive: aliveAmong(derivation, found, login),
      madeMeanwhile: madeMeanwhile(derivation, found, login),
      any: found.some((f) => !f.link.isOlder),
      known:
        login.consentUnseenBecause === 'consent-answer-unseen' &&
        found.some((f) => f.relation === 'same'),
      otherEndedThen: derivation.otherEndedThen(login),
      otherConnectedThen,
    }),
  });
  derivation.addDone(login);
  noteLinkMadeSince(derivation, login);

  if (login.kind === 'repeat') {
    const links = resolveLinks(derivation, found, login);
    derivation.journal.set(derivation.linksOfLogins, login.id, links);
    noteUnseenCalls(derivation, links, login);
    applyCallback(derivation, links, login);
    return;
  }
  noteNewLink(derivation, found, login);
  const isSurelyNew = login.kind === 'first' && login.certainty === 'certain';
  const perhaps = isSurelyNew ? [] : perhapsAfter(derivation, found, null, login);
  const own = newLink(login, app, false, perhaps);
  own.isToldOfEarlier = otherConnectedThen && isConnectedBeforeConsent(login);
  derivation.addLink(own);
  derivation.journal.set(derivation.linksOfLogins, login.id, { surely: own, perhaps });
  noteUnseenCalls(derivation, { surely: null, perhaps }, login);
  applyCallback(derivation, { surely: own, perhaps }, login);
  noteConsentRequired(derivation, own, login);
}

/** Whether the account of a login had a link when it ended, as far as the links that were found say. */
function aliveAmong(
  derivation: Derivation,
  found: FoundLinks,
  login: Login,
): 'surely' | 'no' | 'unknown' {
  const latest = found.latestNear((f) => f.relation === 'same');
  if (latest) return derivation.isSurelyAlive(latest.link, login.loggedInAt) ? 'surely' : 'unknown';
  if (found.some(() => true)) return 'unknown';
  return derivation.latestLinkOf(login) ? 'no' : 'unknown';
}

/** Whether another login made, or found, the account's link while the consent screen of a login was shown. */
function madeMeanwhile(
  derivation: Derivation,
  found: FoundLinks,
  login: Login,
): 'surely' | 'no' | 'unknown' {
  const { done, linksOfLogins } = derivation;
  const { screenOrdinal, unseenMeanwhile } = login;
  // What other tabs did while nothing was recorded is not known.
  if (unseenMeanwhile) return 'unknown';
  if (screenOrdinal === null) return 'no';
  const meanwhile = done
    .slice(done.findLastIndex((l) => l.ordinal < screenOrdinal) + 1)
    .filter((l) => derivation.relationTo(l, login) !== 'different');
  if (!meanwhile.length) return 'no';
  const areAllDead = meanwhile.every((l) => {
    const links = linksOfLogins.get(l.id);
    return links?.surely && !links.perhaps.length && isDead(links.surely, login.loggedInAt);
  });
  if (areAllDead) return 'no';
  const sure = found.latestNear(
    ({ link, relation }) =>
      relation === 'same' &&
      meanwhile.some((l) => linksOfLogins.get(l.id)?.surely === link) &&
      derivation.isSurelyAlive(link, login.loggedInAt),
  );
  return sure && !tellsOfAnother(login, sure.link) ? 'surely' : 'unknown';
}

/**
 * Whether Kakao told a login of a link that was made at another instant than a link's maker was told of: that one was cut
 * since, in Kakao's settings. A sign-up moves the instant.
 */
function tellsOfAnother({ connectedAt }: Login, { maker, app, maybeCompleted }: Link): boolean {
  if (connectedAt === null || maker.connectedAt === null) return false;
  const isMoved = linkMode(app) !== 'auto' && maybeCompleted;
  return !isMoved && Math.abs(connectedAt - maker.connectedAt) > SECOND_MS;
}

/** Which link a repeat found: the latest of its account, or any that may be. */
function resolveLinks(derivation: Derivation, found: FoundLinks, login: Login): LoginLinks {
  const known = found.latestNear((f) => f.relation === 'same');
  if (known) {
    // A link that another repeat found, and that may be this one, tells of no new one.
    const isFoundAgain = (link: Link) => link.isOlder && link.mayBe.includes(known.link);
    const later = perhapsAfter(derivation, found, known.link, login).filter(
      (l) => !isFoundAgain(l),
    );
    const mayBe = known.link.mayBe.filter((l) => !isCut(l, login.loggedInAt));
    // A link that was only found, or one of several, may be one that another login made.
    if (later.length || known.link.isOlder) noteLinksMadeThen(derivation, login);
    if (later.length) {
      const perhaps = [known.link, ...mayBe, ...later];
      return { surely: null, perhaps: [...new Set(perhaps)] };
    }
    // A link that is alive though it seemed missed may be one of those since that seem so, too.
    const mayBeLater =
      isDead(known.link, login.loggedInAt) && derivation.mayBeOfMissed(login, known.link);
    noteSurvival(derivation, known.link, login, !mayBeLater);
    if (login.certainty === 'certain') return { surely: known.link, perhaps: mayBe };
    // Consent was shown: the link may have been cut unseen, and be a new one.
    const perhaps = [known.link, ...mayBe];
    const own = newLink(login, derivation.appOf(login), true, perhaps);
    derivation.addLink(own);
    return { surely: own, perhaps };
  }
  // The link may be one of those found, or one that was there before everything.
  const perhaps = perhapsAfter(derivation, found, null, login);
  const bySession = found.latestNear((f) => f.relation === 'session');
  if (bySession) noteSurvival(derivation, bySession.link, login, false);
  noteLinksMadeThen(derivation, login);
  const older = newLink(login, derivation.appOf(login), true, perhaps);
  derivation.addLink(older);
  return { surely: older, perhaps };
}

/** A repeat's `connected_at` is that of a link, so something did complete it, seen or not. */
function noteLinksMadeThen(derivation: Derivation, login: Login): void {
  const made = derivation.linksMadeThen(login).filter((link) => !link.completed);
  const [only, ...others] = made;
  if (only && !others.length) noteSurvival(derivation, only, login, false);
  for (const link of made) addDoubt(derivation, link, link.maker.loggedInAt, 'other-login-unseen');
}

/** A repeat with no consent screen after Kakao's job had its time: the link is alive. */
function noteSurvival(derivation: Derivation, link: Link, login: Login, isSure: boolean): void {
  const { maker } = link;
  if (login.consent !== 'none' || login.loggedInAt - maker.loggedInAt < CUT_BY_MS) return;
  // A link that is not signed up by then is another one, made anew where nobody saw it.
  if (login.notSignedUp) return;
  derivation.changeLink(link, isSure ? { survived: true } : { maybeCompleted: true });
  const isKnown = maker.linkSurvived && (!maker.linkSurvived.likely || !isSure);
  if (isKnown) return;
  derivation.changeLogin(maker, {
    linkSurvived: {
      at: login.loggedInAt,
      by: login.id,
      ...(isSure && !link.maybeCompleted ? {} : { likely: true as const }),
    },
  });
}

/** A login that surely made a new link: the account's link before it is gone. */
function noteNewLink(derivation: Derivation, found: FoundLinks, login: Login): void {
  if (login.kind !== 'first' || login.certainty !== 'certain') return;
  const latest = found.latestNear(() => true);
  if (!latest) return;
  const { link, relation } = latest;
  const { maker } = link;
  const isNamed =
    relation === 'same' &&
    ((maker.userHash !== null && maker.userHash === login.userHash) ||
      (maker.label !== null && maker.label === login.label));
  noteCut(derivation, link, login.loggedInAt, 'consent-again', isNamed);
}

/**
 * A login whose user was told a newer `connected_at` than goes with the user's link before: that is gone
 * (docs/kakao-rules.md#connected-at). That is sure where Kakao's clock told both, or where the login surely made a link.
 */
function noteLinkMadeSince(derivation: Derivation, login: Login): void {
  const { connectedAt } = login;
  if (connectedAt === null) return;
  for (const link of derivation.linksOfUser(login)) {
    const { maker, app } = link;
    const isTold = maker.connectedAt !== null;
    const age = connectedAt - (maker.connectedAt ?? maker.loggedInAt);
    const tolerance = isTold ? CONNECTED_TOLERANCE_MS : CLOCK_ERROR_MS;
    // Under manual link, `connected_at` is that of the sign-up.
    if (age <= (linkMode(app) === 'auto' ? tolerance : CUT_BY_MS)) continue;
    noteCut(derivation, link, connectedAt, 'consent-again', isTold || isSurelyFirst(login));
  }
}

/** Notes that a link was cut at an instant (epoch ms), and whether that is sure. */
function noteCut(
  derivation: Derivation,
  link: Link,
  at: number,
  because: 'callback' | 'consent-again',
  isSure: boolean,
): void {
  const { maker } = link;
  const cutByCallback = because === 'callback';
  derivation.changeLink(link, { maybeCut: true, ...(isSure ? { cutAt: at, cutByCallback } : {}) });
  if (maker.kind === 'repeat' || (maker.cut && !maker.cut.likely)) return;
  derivation.changeLogin(maker, {
    cut: { at, because, ...(isSure ? {} : { likely: true as const }) },
  });
}

/** Calls of a later login of the link that nobody could see may have completed it. */
function noteUnseenCalls(derivation: Derivation, links: LoginLinks, login: Login): void {
  const since = unseenCallsSince(login);
  if (since === null) return;
  for (const link of allLinks(links))
    if (link.maker !== login) addDoubt(derivation, link, since, 'other-login-unseen');
}

/** A login without consent after a callback: the link that it told to be cut is alive, or was made anew unseen. */
function doubtCallbackBefore(derivation: Derivation, login: Login): void {
  if (login.consent !== 'none') return;
  const link = derivation.latestLinkOf(login);
  const cut = link?.maker.cut;
  if (!link || cut?.because !== 'callback' || cut.likely || cut.at >= login.loggedInAt) return;
  derivation.changeLink(link, { cutAt: null });
  derivation.changeLogin(link.maker, { cut: { ...cut, likely: true } });
}

/**
 * A callback of Kakao's about the account of a login, which made or found the link that was cut. Right after a link was made,
 * it may be of one that the account had before, seen or not, as clocks go.
 */
function applyCallback(
  derivation: Derivation,
  { surely, perhaps }: LoginLinks,
  { callback, calls }: Login,
): void {
  if (!callback || callback.otherApp) return;
  const { at, referrerType, timeUnknown } = callback;
  const isJob = referrerType === 'INCOMPLETE_SIGN_UP';
  for (const link of perhaps) {
    derivation.changeLink(link, { maybeCut: true });
    addDoubt(derivation, link, timeUnknown ? link.maker.loggedInAt : at, 'cut-unsure');
  }
  if (!surely) return;
  // The job comes no sooner than a day after the login, and Kakao's console sends such callbacks as a test, too.
  if (isJob && !timeUnknown && at - surely.maker.loggedInAt < WINDOW_MS) return;
  const isOfLinkBefore = !surely.isOlder && at - surely.maker.loggedInAt <= CLOCK_ERROR_MS;
  // Tokens die with the link: one that is good afterwards shows that the callback was a sample of Kakao's console.
  const wasAlive = calls.some(({ status, lastAt }) => status === 200 && lastAt > at);
  const isSure = !isJob && !timeUnknown && !isOfLinkBefore && !wasAlive;
  noteCut(derivation, surely, at, 'callback', isSure);
}

/** Kakao refused a silent login of the account's session: the link is gone, if the session still was its own. */
function noteConsentRequired(derivation: Derivation, link: Link, login: Login): void {
  if (login.consentRequiredAt === null || login.cut) return;
  noteCut(derivation, link, login.consentRequiredAt, 'consent-again', false);
}
