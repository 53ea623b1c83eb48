import { CUT_BY_MS, NOT_LINKED, SIGNUP, WINDOW_MS } from '../../kakao/policy.ts';
import { linkMode } from '../../model/app.ts';
import type { Call, Login } from '../../model/login.ts';
import { CLOCK_ERROR_MS, CONNECTED_TOLERANCE_MS } from '../state/time-limits.ts';
import { addOpenDoubt } from './add-open-doubt.ts';
import type { Derivation } from './derivation.ts';
import type { FoundLinks } from './found-links.ts';
import { isSurelyFirst, type Link } from './link.ts';
import type { LoginLinks } from './login-links.ts';

/** A login that surely made a new link: the account's link before it is gone. */
export function noteNewLink(derivation: Derivation, found: FoundLinks, login: Login): void {
  if (!isSurelyFirst(login)) return;
  const latest = found.latestNear(() => true);
  if (!latest) return;
  const { link, relation } = latest;
  const { maker } = link;
  const isNamed =
    relation === 'same' &&
    ((maker.userHash !== null && maker.userHash === login.userHash) ||
      (maker.label !== null && maker.label === login.label));
  noteCut(derivation, link, { at: login.loggedInAt, because: 'consent-again', isSure: isNamed });
}

/**
 * A login's `connected_at` is newer than the user's earlier link: that link is gone (docs/kakao-rules.md#connected-at). It is
 * sure where Kakao's clock told both instants, or where the login surely made a link.
 */
export function noteLinkMadeSince(derivation: Derivation, login: Login): void {
  const { connectedAt } = login;
  if (connectedAt === null) return;
  for (const link of derivation.linksOfUser(login)) {
    const { maker, app } = link;
    const isTold = maker.connectedAt !== null;
    const age = connectedAt - (maker.connectedAt ?? maker.loggedInAt);
    const tolerance = isTold ? CONNECTED_TOLERANCE_MS : CLOCK_ERROR_MS;
    // Under manual link, `connected_at` is that of the sign-up.
    if (age <= (linkMode(app) === 'auto' ? tolerance : CUT_BY_MS)) continue;
    noteCut(derivation, link, {
      at: connectedAt,
      because: 'consent-again',
      isSure: isTold || isSurelyFirst(login),
    });
  }
}

/** What shows that a link was cut, at an instant (epoch ms), and whether that is sure. */
interface CutSign {
  at: number;
  because: 'callback' | 'consent-again';
  isSure: boolean;
}

/** Notes that a link was cut. */
function noteCut(derivation: Derivation, link: Link, { at, because, isSure }: CutSign): void {
  const { maker } = link;
  const cutByCallback = because === 'callback';
  derivation.changeLink(link, { maybeCut: true, ...(isSure ? { cutAt: at, cutByCallback } : {}) });
  if (maker.kind === 'repeat' || (maker.cut && !maker.cut.likely)) return;
  derivation.changeLogin(maker, {
    cut: { at, because, ...(isSure ? {} : { likely: true as const }) },
  });
}

/** A login without consent doubts a callback before it: the link that was told to be cut is alive, or was made anew unseen. */
export function doubtCallbackBefore(derivation: Derivation, login: Login): void {
  if (login.consent !== 'none') return;
  const link = derivation.latestLinkOf(login);
  const cut = link?.maker.cut;
  if (!link || cut?.because !== 'callback' || cut.likely || cut.at >= login.loggedInAt) return;
  derivation.changeLink(link, { cutAt: null });
  derivation.changeLogin(link.maker, { cut: { ...cut, likely: true } });
}

/**
 * Applies Kakao's callback about the account of a login to the link that the login made or found. A callback right after a link
 * was made may be about an earlier link of the account, because clocks differ.
 */
export function applyCallback(
  derivation: Derivation,
  { surely, perhaps }: LoginLinks,
  { callback, calls }: Login,
): void {
  if (!callback || callback.otherApp) return;
  const { at, referrerType, timeUnknown } = callback;
  const isJob = referrerType === 'INCOMPLETE_SIGN_UP';
  for (const link of perhaps) {
    derivation.changeLink(link, { maybeCut: true });
    addOpenDoubt(derivation, link, timeUnknown ? link.maker.loggedInAt : at, 'cut-unsure');
  }
  if (!surely) return;
  // The job comes no sooner than a day after the login, and Kakao's console sends such callbacks as a test, too.
  if (isJob && !timeUnknown && at - surely.maker.loggedInAt < WINDOW_MS) return;
  const isOfLinkBefore = !surely.isOlder && at - surely.maker.loggedInAt <= CLOCK_ERROR_MS;
  // Tokens die with the link: one that is good afterwards shows that the callback was a sample of Kakao's console.
  const wasAlive = calls.some(({ status, lastAt }) => status === 200 && lastAt > at);
  const isSure = !isJob && !timeUnknown && !isOfLinkBefore && !wasAlive;
  noteCut(derivation, surely, { at, because: 'callback', isSure });
}

/**
 * After the window of a link Kakao answers a repeat as if there were none: the account is not registered, or is signed up only
 * now. The link was cut then, and what the repeat found was made where nobody saw it.
 */
export function noteToldOfNoLink(derivation: Derivation, link: Link, { calls }: Login): void {
  const { loggedInAt } = link.maker;
  const tellsOfNone = ({ path, status, code }: Call) =>
    code === NOT_LINKED || (path === SIGNUP.path && status === 200);
  const isTold = calls.some((c) => c.lastAt - loggedInAt > WINDOW_MS && tellsOfNone(c));
  if (isTold) derivation.changeLink(link, { maybeCut: true });
}

/** Kakao refused a silent login for want of consent: the link is gone, unless another account was signed in by then. */
export function noteConsentRequired(derivation: Derivation, link: Link, login: Login): void {
  if (login.consentRequiredAt === null || login.cut) return;
  noteCut(derivation, link, {
    at: login.consentRequiredAt,
    because: 'consent-again',
    isSure: false,
  });
}
