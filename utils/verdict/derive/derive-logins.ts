import { CUT_BY_MS, WINDOW_MS } from '../../kakao/policy.ts';
import { linkMode } from '../../model/app.ts';
import type { Certainty, Login } from '../../model/login.ts';
import { indexVersion, loginsAfter } from '../state/login-index.ts';
import type { LoginState } from '../state/login-state.ts';
import { NOTHING_DERIVED } from '../state/nothing-derived.ts';
import { LONGEST_EXCHANGE_MS } from '../state/time-limits.ts';
import { unseenCallsSince } from '../state/token-issue.ts';
import { addOpenDoubt } from './add-open-doubt.ts';
import { applyEvidence } from './apply-evidence.ts';
import type { ChangedLogins } from './changed-logins.ts';
import { classifyLogin, isConnectedBeforeConsent, type EarlierLinks } from './classify-login.ts';
import { completionOf } from './completion.ts';
import { linksMadeThen, makerByConnectedAt } from './connected-at.ts';
import { Derivation, MAX_CHECKPOINTS } from './derivation.ts';
import { earlierLinksOf } from './earlier-links.ts';
import type { FoundLinks } from './found-links.ts';
import {
  applyCallback,
  doubtCallbackBefore,
  noteConsentRequired,
  noteLinkMadeSince,
  noteNewLink,
  noteToldOfNoLink,
} from './link-cuts.ts';
import { isCut, isDead, isSurelyFirst, newLink, type Link } from './link.ts';
import { allLinks, type LoginLinks } from './login-links.ts';
import { overtakenBy } from './overtaken.ts';
import { possibleLinksAfter } from './possible-links.ts';

/** The logins that have new own facts, or of whose app something else is known now. */
export type DirtyLogins = Set<Login>;

/** What was derived of a state so far. A cache: it can be made anew at any time. */
const derivations = new WeakMap<object, Derivation>();

/**
 * Brings up to date what logins say about each other: accounts, kinds, which request completes which link, cut and
 * surviving links. Takes logins and requests in order of arrival and begins at the first login with new own facts. Reads
 * own facts only. `retracted` names the requests whose evidence was taken back or replaced. `changed` hears of the logins whose
 * derived fields change.
 */
export function deriveLogins(
  loginState: LoginState,
  dirty: DirtyLogins,
  retracted: ReadonlySet<string> = new Set(),
  changed: ChangedLogins | null = null,
): void {
  if (!dirty.size) return;
  const version = indexVersion(loginState);
  const known = derivations.get(version);
  if (known) known.changed = changed;
  let from = Infinity;
  for (const { ordinal } of dirty) from = Math.min(from, ordinal);
  const isUsable = known?.undoTo(from) ?? false;
  const derivation = known && isUsable ? known : new Derivation(loginState, changed);
  derivations.set(version, derivation);
  const logins = loginsAfter(loginState, derivation.done.at(-1)?.ordinal ?? -1);
  derivation.evidence.forget(retracted);
  for (const login of isUsable ? dirty : logins) derivation.evidence.add(login);
  // Of thousands of logins only the last can be derived anew without beginning from the first.
  const firstCheckpoint = isUsable ? 0 : logins.length - MAX_CHECKPOINTS;
  for (const [i, login] of logins.entries()) {
    applyEvidenceBefore(derivation, login.ordinal);
    if (i >= firstCheckpoint) derivation.addCheckpoint(login);
    deriveLogin(derivation, login);
  }
  applyEvidenceBefore(derivation, Infinity);
}

/** Applies the requests that arrived before the login with an ordinal. */
function applyEvidenceBefore(derivation: Derivation, ordinal: number): void {
  const next = () => derivation.evidence.takeBefore(ordinal);
  for (let request = next(); request; request = next()) applyEvidence(derivation, request);
}

/** Derives one login after all that came before it, and what it says of earlier links. */
function deriveLogin(derivation: Derivation, login: Login): void {
  const maker = makerByConnectedAt(derivation, login);
  derivation.groups.add(login, maker);
  derivation.closeLinks(login);
  const app = derivation.appOf(login);
  doubtCallbackBefore(derivation, login);
  const found = derivation.findLinks(login);
  const earlier = earlierLinksOf(derivation, found, login, maker);
  derivation.changeLogin(login, {
    accountId: derivation.groups.groupOf(login),
    ...NOTHING_DERIVED,
    ...classifyLogin(login, earlier),
  });
  noteOvertaken(derivation, login);
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
  const perhaps = isSurelyFirst(login) ? [] : possibleLinksAfter(derivation, found, null, login);
  const likely = linkLikelyFound(found, login, earlier);
  const isToldOfEarlier = earlier.otherConnectedThen && isConnectedBeforeConsent(login);
  const own = newLink({ maker: login, app, mayBe: perhaps, isToldOfEarlier });
  derivation.addLink(own);
  derivation.journal.set(derivation.linksOfLogins, login.id, { surely: own, perhaps, likely });
  noteUnseenCalls(derivation, { surely: null, perhaps }, login);
  applyCallback(derivation, { surely: own, perhaps }, login);
  noteConsentRequired(derivation, own, login);
}

/** Earlier logins that got their tokens after a login need not have made their links: it may have made the account's before. */
function noteOvertaken(derivation: Derivation, login: Login): void {
  for (const earlier of overtakenBy(derivation, login)) {
    const isCompleted = derivation.linksOfLogins.get(earlier.id)?.surely?.completed === true;
    if (
      isSurelyFirst(earlier) &&
      !isCompleted &&
      derivation.relationTo(earlier, login) !== 'different'
    )
      derivation.changeLogin(earlier, { certainty: 'likely' });
  }
}

/**
 * The link that a login likely found though it may have made one: a popup's, whose page may have been its result where the
 * account had a link; or one with a consent screen that asked for more, where nothing says that the account's link was cut.
 * Undefined where the login is as likely to have made one.
 */
function linkLikelyFound(
  found: FoundLinks,
  { kind, kindBecause }: Login,
  { alive }: EarlierLinks,
): Link | undefined {
  const isResult = kind === 'unknown' && kindBecause === 'popup-unseen' && alive === 'surely';
  if (!isResult && kindBecause !== 'consent-with-scope') return undefined;
  const link = found.latestNear((f) => f.relation === 'same')?.link;
  return isResult || !link?.maybeCut ? link : undefined;
}

/** Which link a repeat found: the latest that is surely of its account or, where none is known, any that may be. */
function resolveLinks(derivation: Derivation, found: FoundLinks, login: Login): LoginLinks {
  const known = found.latestNear((f) => f.relation === 'same');
  return known
    ? linksOfKnownAccount(derivation, found, known.link, login)
    : linksOfUnknownAccount(derivation, found, login);
}

/** A repeat of an account with a known link found that one, or another that was made since. */
function linksOfKnownAccount(
  derivation: Derivation,
  found: FoundLinks,
  known: Link,
  login: Login,
): LoginLinks {
  // A link that another repeat found, and that may be this one, tells of no new one.
  const isFoundAgain = (link: Link) => link.isOlder && link.mayBe.includes(known);
  const later = possibleLinksAfter(derivation, found, known, login).filter((l) => !isFoundAgain(l));
  const mayBe = known.mayBe.filter((l) => !isCut(l, login.loggedInAt));
  // A link that was only found, or one of several, may be one that another login made.
  if (later.length || known.isOlder) noteLinksMadeThen(derivation, login);
  if (later.length) {
    const perhaps = [known, ...mayBe, ...later];
    return { surely: null, perhaps: [...new Set(perhaps)] };
  }
  // A link that is alive though it seemed missed may be one of those since that seem so, too.
  const mayBeLater = isDead(known, login.loggedInAt) && derivation.mayBeOfMissed(login, known);
  const isTold = isLinkTold(derivation, login);
  const mayBeOfGap = !isTold && known.maker.ordinal < (login.unseenBefore ?? 0);
  const mayBeOfKeptCode = !isTold && login.keptCodeBefore === true;
  const mayBeOther = mayBeLater || mayBeOfGap || mayBeOfKeptCode;
  noteToldOfNoLink(derivation, known, login);
  noteSurvival(derivation, known, login, mayBeOther ? 'likely' : 'certain');
  // Consent was shown, or nothing was recorded for a while: the link may have been cut unseen, and be a new one.
  if (mayBeOfGap || login.certainty !== 'certain')
    return addOlderLink(derivation, login, [known, ...mayBe]);
  return { surely: known, perhaps: mayBe };
}

/** Whether a login was told which link it found: under automatic link, `connected_at` is the instant at which that was made. */
function isLinkTold(derivation: Derivation, login: Login): boolean {
  return login.connectedAt !== null && linkMode(derivation.appOf(login)) === 'auto';
}

/** A repeat of an account that is not known found one of the links there are, or one that was there before everything. */
function linksOfUnknownAccount(
  derivation: Derivation,
  found: FoundLinks,
  login: Login,
): LoginLinks {
  const perhaps = possibleLinksAfter(derivation, found, null, login);
  const bySession = found.latestNear((f) => f.relation === 'session');
  if (bySession) noteSurvival(derivation, bySession.link, login, 'likely');
  noteLinksMadeThen(derivation, login);
  return addOlderLink(derivation, login, perhaps);
}

/** Adds the link that a repeat found, and that may be one of these known ones. */
function addOlderLink(derivation: Derivation, login: Login, perhaps: Link[]): LoginLinks {
  const app = derivation.appOf(login);
  const older = newLink({ maker: login, app, mayBe: perhaps, isOlder: true });
  derivation.addLink(older);
  return { surely: older, perhaps };
}

/** A repeat's `connected_at` is that of a link, so something did complete it, seen or not. */
function noteLinksMadeThen(derivation: Derivation, login: Login): void {
  const made = linksMadeThen(derivation, login).filter((link) => !link.completed);
  const [only, ...others] = made;
  if (only && !others.length) noteSurvival(derivation, only, login, 'likely');
  for (const link of made)
    addOpenDoubt(derivation, link, link.maker.loggedInAt, 'other-login-unseen');
}

/**
 * A repeat with no consent screen after Kakao's job had its time: the link is alive, if it is the one that the repeat found and
 * was not cut before.
 */
function noteSurvival(
  derivation: Derivation,
  link: Link,
  login: Login,
  certainty: Certainty,
): void {
  const { maker } = link;
  const isSure = certainty === 'certain' && !link.maybeCut && !link.mayBe.some(wasCalledLate);
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

/** Whether the first call known to count for a link came after its window: it may be why the link survived. */
function wasCalledLate({ maker, app, completed }: Link): boolean {
  const call = completionOf(maker, app);
  return !completed && call !== null && call.at - maker.loggedInAt > WINDOW_MS;
}

/** Calls of a later login of the link that nobody could see may have completed it. */
function noteUnseenCalls(derivation: Derivation, links: LoginLinks, login: Login): void {
  const since = unseenCallsSince(login);
  if (since === null) return;
  for (const link of allLinks(links))
    if (link.maker !== login && !hasUnseenCalls(link.maker, since))
      addOpenDoubt(derivation, link, since, 'other-login-unseen');
}

/**
 * Whether a login's own calls go unseen from an instant (epoch ms) on at which another login ended: the other's tell nothing new.
 * Where that was near the end of the window, they are likely to come after it.
 */
function hasUnseenCalls(maker: Login, at: number): boolean {
  const since = unseenCallsSince(maker);
  const isWellBeforeEnd = at - maker.loggedInAt <= WINDOW_MS - LONGEST_EXCHANGE_MS;
  return since !== null && since <= at && isWellBeforeEnd;
}
