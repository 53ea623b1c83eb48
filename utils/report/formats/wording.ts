import { messageKey, type KeyOf, type PlainKey } from '../../i18n/message.ts';
import type { Translate } from '../../i18n/translate.ts';
import { UNKNOWN_APP } from '../../model/app.ts';
import { shownKind } from '../../model/login.ts';
import type { Report, ReportLogin } from '../document.ts';

/** A text that depends on a number, with the number in it, its thousands set apart. */
export function translateCount(
  t: Translate,
  key: 'report.count' | 'report.dropped',
  n: number,
): string {
  return t(key, n, [withThousands(n)]);
}

/** A whole number as `1,234,567`. A formatter of the language would take a tenth of the time of a small check to load. */
const withThousands = (n: number) => String(n).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** Groups of `locales/` whose words a report may hold. */
type WordGroup =
  | 'because'
  | 'calls'
  | 'doubt'
  | 'guidance.ui'
  | 'kind'
  | 'report.seenBecause'
  | 'source';

/** A word that has its text in the group: the compiler refuses any other, but for words that may be any text. */
type WordIn<G extends WordGroup, W extends string> = string extends W
  ? W
  : W extends unknown
    ? KeyOf<G, W> extends PlainKey
      ? W
      : never
    : never;

/**
 * The text for one of a report's words. A report of a later version may hold words that nobody here knows: such a word
 * itself, `?` where it is none.
 */
export function translateWord<G extends WordGroup, W extends string>(
  t: Translate,
  group: G,
  word: WordIn<G, W> & W,
): string {
  const key: string = messageKey<G, string>(group, word);
  if (t.has(key)) return t(key);
  return /^[a-z]+(-[a-z]+)*$/.test(word) ? word : '?';
}

const KINDS = {
  first: 'report.first',
  repeat: 'report.repeat',
  unknown: 'report.kindUnknown',
} as const satisfies Record<ReportLogin['kind'], PlainKey>;

/** An app's key as a document tells it, or that the app is not known. */
export const appWord = (clientId: string, t: Translate) =>
  clientId === UNKNOWN_APP ? t('report.noApp') : clientId;

/** Whether a login was a first one, in a word of its own, no surer than that is. */
export const kindWord = (login: Pick<ReportLogin, 'kind' | 'certainty'>, t: Translate) =>
  t(KINDS[shownKind(login)]);

/** Why a login was a first one, or may be none. */
export function kindReason(login: ReportLogin, t: Translate): string {
  const { kindBecause } = login;
  const isDoubted = kindBecause === 'consent' && shownKind(login) === 'unknown';
  return translateWord(t, 'kind', isDoubted ? 'consent-maybe' : kindBecause);
}

/** Whether a login was a first one, and why or why perhaps not. */
export const kindText = (login: ReportLogin, t: Translate) =>
  `${kindWord(login, t)}. ${kindReason(login, t)}`;

/** What holds for all that a report says: that its window is not Kakao's, and how many observations could not be kept. */
export const caveatsOf = ({ policy, counts }: Report, t: Translate): string[] => [
  ...(policy.overridden ? [t('report.overridden')] : []),
  ...(counts.dropped ? [translateCount(t, 'report.dropped', counts.dropped)] : []),
];

const LINK_MODES = {
  auto: 'report.auto',
  manual: 'report.manual',
  unknown: 'report.modeUnknown',
} as const satisfies Record<Report['apps'][number]['linkMode'], PlainKey>;

/** How an app links accounts, in a word of its own. */
export const modeWord = (mode: Report['apps'][number]['linkMode'], t: Translate) =>
  t(LINK_MODES[mode]);

/** `Missed`, `Complete (likely, rehearsal)`. */
export function verdictWords(login: ReportLogin, t: Translate): string {
  const likely = login.verdictCertainty === 'likely' ? [t('verdict.likely')] : [];
  const asides = [...likely, ...(login.rehearsal ? [t('report.rehearsal')] : [])];
  const verdict = t(messageKey('verdict', login.verdict));
  return asides.length ? `${verdict} (${asides.join(', ')})` : verdict;
}

/** What the reasons of a verdict are read from. */
type Reasoned = Pick<
  ReportLogin,
  'kind' | 'verdictBecause' | 'verdictDoubt' | 'visibility' | 'visibilityBecause'
>;

/** What is to be said of a verdict besides its name: why, what makes it doubtful, and what could be seen. */
export function reasonsOf(login: Reasoned, t: Translate): string[] {
  const { verdictBecause, visibilityBecause } = login;
  const doubt = doubtWord(login);
  return [
    translateWord(t, 'because', verdictBecause),
    ...(doubt ? [translateWord(t, 'doubt', doubt)] : []),
    // One cause may be both: it is told once.
    ...(login.visibility === 'none' && visibilityBecause !== verdictBecause
      ? [translateWord(t, 'report.seenBecause', visibilityBecause)]
      : []),
  ];
}

/** What makes a verdict doubtful, in a word that has its text; null where nothing does. */
function doubtWord({ kind, verdictBecause, verdictDoubt }: Reasoned) {
  if (kind === 'repeat' && verdictDoubt === 'kind-unknown') return 'repeat-unsure';
  const isByConsent = verdictBecause === 'consent-again' && verdictDoubt === 'cut-unsure';
  return isByConsent ? 'consent-unsure' : verdictDoubt;
}

const twoDigits = (n: number) => (n < 10 ? `0${n}` : String(n));

/** An instant (ISO) to read, in the zone of whoever writes the report: `2026-11-22 12:00:03 UTC+09:00`. */
export function readable(iso: string): string {
  const at = new Date(iso);
  const offset = -at.getTimezoneOffset();
  const ahead = Math.abs(offset);
  const date = `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
  const time = `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}:${twoDigits(at.getSeconds())}`;
  const zone = `${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(ahead / 60))}:${twoDigits(ahead % 60)}`;
  return `${date} ${time} UTC${zone}`;
}

/** The answer of a call in words: its status, and Kakao's code where there is one. */
export function answerOf(call: { status: number; code?: number | null }, t: Translate): string {
  const status = call.status === 0 ? t('report.noAnswer') : String(call.status);
  return call.code === null || call.code === undefined ? status : `${status} (${call.code})`;
}
