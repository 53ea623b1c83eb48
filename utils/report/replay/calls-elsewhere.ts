import { joinedCallOf } from '../../capture/back-end/joined-call.ts';
import { CUT_BY_MS } from '../../kakao/policy.ts';
import { appOf, type App } from '../../model/app.ts';
import type { Completion, EvidenceKind, Login } from '../../model/login.ts';
import type { ApiFact, Observation } from '../../model/observation.ts';
import { evidenceKindsOf } from '../../verdict/attribute/evidence.ts';
import { neededSlotOf } from '../../verdict/derive/completion.ts';
import { completes, isSurelyFirst } from '../../verdict/derive/link.ts';
import { withPossibleCall } from '../../verdict/derive/possible-calls.ts';
import type { LoginState } from '../../verdict/state/login-state.ts';
import { ByPlace } from './by-place.ts';
import {
  appPlace,
  domainPlace,
  CLOCKS_APART_MS,
  madePlace,
  madePlacesOf,
  mayBeOfLink,
  placesOf,
} from './links-elsewhere.ts';
import type { BrowserReplay, OtherRecording } from './twin-logins.ts';

/** What a call, a report that could not be read, or a token that was handed over may say of a link that was made elsewhere. */
interface CallElsewhere {
  at: number;
  /** What it is found by: domains, apps, when its link was made; `ANYWHERE` where none of them is known. */
  of: readonly string[];
  /** What it may say of the link. */
  kinds: readonly EvidenceKind[];
  /** Those of the kinds that only bodies tell: of the answer, or of what was sent. */
  kindsOfBody: readonly EvidenceKind[];
  /** The call of a back end's record that it tells of; null where it is of none. */
  joined: string | null;
  /** The login that it was attributed to. */
  login: Login | undefined;
  /** It is surely of a link that this login made. */
  isOfItsLink: boolean;
  /** When Kakao said that its link was made, epoch ms; null where it did not. */
  connectedAt: number | null;
}

/**
 * Notes on the logins of each browser what another one recorded of calls that may have completed, or cut, their links: a link
 * is the account's and the app's, and one person's recordings may be of several browsers, or of one in several files. A call
 * that is surely of a first login made there is of that one's link. Of a login that this browser recorded as well
 * (`recordedTwice`, see `twin-logins.ts`) only bodies tell what is not known here.
 */
export function noteCallsElsewhere(
  replays: readonly BrowserReplay[],
  recordedTwice: ReadonlyMap<string, OtherRecording>,
): void {
  const appsOfSites = findAppsOfSites(replays);
  const calls = replays.map((replay) => callsOf(replay, appsOfSites));
  for (const [i, { loginState, observations }] of replays.entries()) {
    const joined = new Set(observations.map(joinedCallOf));
    const others = calls
      .filter((_, other) => other !== i)
      .flat()
      .flatMap((call) => whatIsNews(call, i, joined, recordedTwice));
    if (others.length === 0) continue;
    const elsewhere = new ByPlace(
      others,
      ({ of }) => of,
      ({ at }) => at,
    );
    for (const login of loginState.logins.values()) {
      const app = appOf(loginState, login.clientId);
      if (login.kindBecause === 'linked-meanwhile') noteCutMeanwhile(login, app, elsewhere);
      if (login.kind !== 'repeat') noteCalls(login, app, elsewhere);
    }
  }
}

/** The link that another tab made while a login's screen was shown may have been cut again before it was answered. */
function noteCutMeanwhile(login: Login, app: App, elsewhere: ByPlace<CallElsewhere>): void {
  const cut = firstBeforeCut(login, app, elsewhere, login.startedAt, isUnlink);
  if (cut && cut.at <= login.loggedInAt) login.certainty = 'likely';
}

/** Notes the first call that may have completed a login's link, and the first that may have cut it. */
function noteCalls(login: Login, app: App, elsewhere: ByPlace<CallElsewhere>): void {
  const { loggedInAt } = login;
  // A call just before the login may be of a recorder whose clock is behind.
  const from = loggedInAt - CLOCKS_APART_MS;
  const isCompleting = (kind: EvidenceKind) => !isUnlink(kind) && completes(kind, app) !== 'no';
  const completed = firstBeforeCut(login, app, elsewhere, from, isCompleting);
  if (completed) login.possibleCalls = withPossibleCall(login, neededSlotOf(app), completed.at);
  const cut = firstBeforeCut(login, app, elsewhere, loggedInAt, isUnlink);
  if (!cut) return;
  login.openDoubts = [...login.openDoubts, { at: cut.at, doubt: 'cut-unsure' }];
  login.creditedListedCall = asAfterCut(login.creditedListedCall, cut.at);
  login.creditedSignupCall = asAfterCut(login.creditedSignupCall, cut.at);
}

/** A completion that, where it comes after a link may have been cut (epoch ms), may be of a link that was made anew. */
function asAfterCut(completion: Completion | null, cutAt: number): Completion | null {
  if (!completion || completion.doubt !== null || completion.at < cutAt) return completion;
  return { ...completion, doubt: 'account-unknown' };
}

/** Whether it cut a link or, where no answer is known, may have. */
const isUnlink = (kind: EvidenceKind) => kind === 'unlink' || kind === 'unlink-unanswered';

/**
 * A call elsewhere as far as it is news to a browser (given by its number, and what was `joined` to it of a back end's record);
 * none where it is surely of a link made elsewhere. Of a call that the browser recorded itself only what bodies tell is news.
 */
function whatIsNews(
  call: CallElsewhere,
  browser: number,
  joined: ReadonlySet<string | null>,
  recordedTwice: ReadonlyMap<string, OtherRecording>,
): CallElsewhere[] {
  const other = recordedTwice.get(call.login?.id ?? '');
  const isTwins = other?.recording === browser && call.at <= other.until;
  if (!isTwins) return call.isOfItsLink ? [] : [call];
  const of = call.isOfItsLink ? [loginPlace(other.login)] : call.of;
  const isKnown = call.joined === null || joined.has(call.joined);
  const kinds = isKnown ? call.kindsOfBody : call.kinds;
  return kinds.length ? [{ ...call, of, kinds }] : [];
}

/**
 * The names (`appPlace`) of the apps whose logins begin on a domain or come to it, by its name (`domainPlace`). A file may
 * show no more of a login in a popup or another tab than its request.
 */
function findAppsOfSites(replays: readonly BrowserReplay[]): Map<string, Set<string>> {
  const apps = new Map<string, Set<string>>();
  for (const { loginState, observations } of replays) {
    const requests = observations.filter((o) => o.type === 'authorize');
    for (const one of [...loginState.logins.values(), ...requests]) {
      const app = appPlace(one);
      if (app === null) continue;
      for (const place of placesOf(one)) apps.set(place, (apps.get(place) ?? new Set()).add(app));
    }
  }
  return apps;
}

/** The calls that say something of a link. */
function callsOf(
  { observations, loginState }: BrowserReplay,
  appsOfSites: ReadonlyMap<string, ReadonlySet<string>>,
): CallElsewhere[] {
  return observations.flatMap((o) => {
    const kinds = kindsOf(o);
    const login = loginState.logins.get(o.loginId ?? '');
    if (kinds.length === 0) return [];
    const isOfItsLink = !!login && isSurelyFirst(login) && !mayBeOfOther(o, login, loginState);
    const { connectedAt: own = null }: Partial<ApiFact> = o.type === 'api' ? o : {};
    const connectedAt = own ?? login?.connectedAt ?? null;
    const made = connectedAt === null ? null : madePlace(connectedAt);
    const [site, ownSite] = [o.site, login?.site].map((origin) => origin && domainPlace(origin));
    const apps = login ? [appPlace(login)] : (appsOfSites.get(site ?? '') ?? []);
    // A call out of SDK v1's frame names no site.
    const places = [site, ownSite, ...apps, made];
    const named = [...new Set(places)].flatMap((place) => place ?? []);
    const of = named.length ? named : [ANYWHERE];
    const withoutBody = o.type === 'api' ? kindsOf({ ...o, code: null, hasSignedUp: null }) : [];
    const kindsOfBody = kinds.filter((kind) => !withoutBody.includes(kind));
    const joined = joinedCallOf(o);
    return { at: o.at, of, kinds, kindsOfBody, joined, login, isOfItsLink, connectedAt };
  });
}

/** What an observation says of the links whose token it may carry. */
function kindsOf(o: Observation): EvidenceKind[] {
  if (o.type === 'api') return evidenceKindsOf(o);
  if (o.type === 'bad-report') return ['unreadable'];
  return o.type === 'token-handed' ? ['handed-over'] : [];
}

/** The name by which all logins are found: a call that names neither site nor app may be of any. */
const ANYWHERE = 'anywhere';

/** The name by which a login itself is found. */
const loginPlace = (id: string) => `login ${id}`;

/**
 * Whether a request that was attributed to a login which made a link may be of a link made elsewhere: it carries another token,
 * for all that is known, or may carry that of a login which found one.
 */
function mayBeOfOther({ id }: Observation, login: Login, { logins }: LoginState): boolean {
  const evidence = login.evidence.filter((e) => e.id === id);
  return (
    evidence.some((e) => e.doubt === 'account-unknown') ||
    evidence.some(({ of }) => of.some((other) => mayHaveFoundOther(logins.get(other), login)))
  );
}

/** Whether a login may have found another link than the one that another login made. */
function mayHaveFoundOther(login: Login | undefined, maker: Login): boolean {
  if (!login || isSurelyFirst(login)) return false;
  return login.clientId !== maker.clientId || login.kakaoSession !== maker.kakaoSession;
}

/**
 * The first call that says something of a login's link, from an instant (epoch ms) on until Kakao's job had its time: one
 * after the window explains why the link is still there.
 */
function firstBeforeCut(
  login: Login,
  app: App,
  calls: ByPlace<CallElsewhere>,
  from: number,
  says: (kind: EvidenceKind) => boolean,
): CallElsewhere | undefined {
  return calls.findEarliest(
    [...placesOf(login), ...madePlacesOf(login), loginPlace(login.id), ANYWHERE],
    [from, login.loggedInAt + CUT_BY_MS],
    (call) => call.kinds.some(says) && mayBeOfLink(call, login, app),
  );
}
