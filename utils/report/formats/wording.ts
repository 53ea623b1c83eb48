import type { Report, ReportLogin } from '../document.ts';
import type { Texts } from '../texts.ts';

type Plural = { '0'?: string; '1': string; n: string };

/** Puts values in the places `$1`, `$2`, … of a text. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\$(\d)/g, (whole, n: string) => String(values[Number(n) - 1] ?? whole));
}

/** A text that depends on a number, with the number in it. */
export function counted(texts: Plural, n: number): string {
  const text = (n === 0 ? texts['0'] : n === 1 ? texts['1'] : undefined) ?? texts.n;
  return fill(text, n.toLocaleString('en-US'));
}

/** The text for one of the report's words; the word itself where there is none, unless it is no word. */
export function wordOf(texts: object, word: string): string {
  const key = word.replaceAll('-', '_');
  const text = Object.hasOwn(texts, key) ? (texts as Record<string, unknown>)[key] : null;
  if (typeof text === 'string') return text;
  return /^[a-z]+(-[a-z]+)*$/.test(word) ? word : '?';
}

export const kindWord = (kind: ReportLogin['kind'], t: Texts) =>
  kind === 'unknown' ? t.report.kindUnknown : t.report[kind];

export const modeWord = (mode: Report['apps'][number]['linkMode'], t: Texts) =>
  mode === 'unknown' ? t.report.modeUnknown : t.report[mode];

/** `Missed`, `Complete (likely, rehearsal)`. */
export function verdictWords(login: ReportLogin, t: Texts): string {
  const likely = login.verdictCertainty === 'likely' ? [t.verdict.likely] : [];
  const asides = [...likely, ...(login.rehearsal ? [t.report.rehearsal] : [])];
  const verdict = wordOf(t.verdict, login.verdict);
  return asides.length ? `${verdict} (${asides.join(', ')})` : verdict;
}

/** What is to be said of a verdict besides its name: why, what makes it doubtful, and what could be seen. */
export function reasonsOf(login: ReportLogin, t: Texts): string[] {
  const { verdictBecause, verdictDoubt, visibilityBecause } = login;
  return [
    wordOf(t.because, verdictBecause),
    ...(verdictDoubt ? [wordOf(t.report.reason, verdictDoubt)] : []),
    ...(login.visibility === 'none' ? [wordOf(t.report.seenBecause, visibilityBecause)] : []),
  ];
}

/** An instant to read: `2026-11-22 03:00:03 UTC`. The zone is the same everywhere, and so are the bytes. */
export const readable = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

/** The answer of a call in words: its status, and Kakao's code where there is one. */
export function answerOf(call: { status: number; code?: number | null }, t: Texts): string {
  const status = call.status === 0 ? t.report.noAnswer : String(call.status);
  return call.code === null || call.code === undefined ? status : `${status} (${call.code})`;
}
