import { describe, expect, test } from 'vitest';
import { translateForCommandLine, translateIn } from '../../../../utils/i18n/translate-in.ts';
import type { Verdict, VisibilityBecause } from '../../../../utils/model/verdict.ts';
import type { ReportLogin } from '../../../../utils/report/document.ts';
import {
  appWord,
  kindReason,
  reasonsOf,
  translateCount,
} from '../../../../utils/report/formats/wording.ts';

/** Every doubt; the compiler refuses one that is missing. */
const DOUBTS: Record<NonNullable<Verdict['doubt']>, true> = {
  'account-unknown': true,
  'other-tab': true,
  'clock-moved': true,
  'reported-before': true,
  lost: true,
  'answer-unknown': true,
  'unconfirmed-call': true,
  'report-unreadable': true,
  'token-handed-over': true,
  'host-unwatched': true,
  'token-unseen': true,
  'other-login-unseen': true,
  'cut-unsure': true,
  'link-mode-unknown': true,
  'kind-unknown': true,
  restart: true,
  'window-end-unsure': true,
  'signup-answer-unknown': true,
  'survival-unsure': true,
};

const SEEN_BECAUSE: Record<VisibilityBecause, true> = {
  'token-seen': true,
  reported: true,
  'server-side': true,
  'token-by-message': true,
  'no-site-access': true,
  paused: true,
  'recording-ended': true,
};

type Reasons = Pick<
  ReportLogin,
  'kind' | 'verdictBecause' | 'verdictDoubt' | 'visibility' | 'visibilityBecause'
>;

const missed: Reasons = {
  kind: 'first',
  verdictBecause: 'no-qualifying-call',
  verdictDoubt: null,
  visibility: 'none',
  visibilityBecause: 'server-side',
};

/** The reasons that are sentences: a raw word has no full stop. */
const sentences = (login: Reasons, language: 'en' | 'ko') =>
  reasonsOf(login, translateIn(language)).filter((text) => text.endsWith('.'));

describe.each(['en', 'ko'] as const)('reasons in a report, %s', (language) => {
  test.each(Object.keys(DOUBTS) as (keyof typeof DOUBTS)[])('doubt: %s', (verdictDoubt) =>
    expect(sentences({ ...missed, verdictDoubt }, language)).toHaveLength(3),
  );
  test.each(Object.keys(SEEN_BECAUSE) as VisibilityBecause[])('visibility: %s', (because) =>
    expect(sentences({ ...missed, visibilityBecause: because }, language)).toHaveLength(2),
  );
});

test('a repeat that is only likely one: may have been a first login, not the other way round', () => {
  const verdictDoubt = 'kind-unknown';
  const [, ofFirst] = reasonsOf({ ...missed, verdictDoubt }, translateIn('en'));
  const [, ofRepeat] = reasonsOf({ ...missed, kind: 'repeat', verdictDoubt }, translateIn('en'));
  expect(ofFirst).toContain('may not have been a first login');
  expect(ofRepeat).toContain('this was a first login');
});

test('cut that a consent shows: asks for the account’s name, not for the new login', () => {
  const [, doubt] = reasonsOf(
    { ...missed, verdictBecause: 'consent-again', verdictDoubt: 'cut-unsure' },
    translateIn('en'),
  );
  expect(doubt).toContain('give both logins one account name');
  expect(doubt).not.toContain('Log in again');
});

test('a first login that may be none, recorded whole: nobody is told to record it from its start', () => {
  const [, doubt] = reasonsOf({ ...missed, verdictDoubt: 'kind-unknown' }, translateIn('en'));
  expect(doubt).toContain('`connected_at`');
  expect(doubt).not.toContain('Record from');
});

test('a recording that ended is told once, with how to judge it', () => {
  const ended = {
    verdictBecause: 'recording-ended',
    visibilityBecause: 'recording-ended',
  } as const;
  for (const [t, how] of [
    [translateIn('ko'), '‘판정 시각’'],
    [translateForCommandLine('ko'), '--at +25h'],
  ] as const) {
    const told = reasonsOf({ ...missed, ...ended }, t);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(how);
  }
});

test('link mode that is not known: documents say how to set it, of records and of files', () => {
  const verdictDoubt = 'link-mode-unknown';
  for (const language of ['en', 'ko'] as const) {
    const [, doubt] = reasonsOf({ ...missed, verdictDoubt }, translateIn(language));
    expect(doubt).toMatch(/App settings|앱 설정/);
    expect(doubt).toContain('`--link-mode`');
  }
});

test('a consent screen that may have come to a linked account says why', () => {
  const login = { kind: 'first', kindBecause: 'consent', certainty: 'likely' } as ReportLogin;
  expect(kindReason(login, translateIn('en'))).toContain('may have been linked right before');
  const sure = { ...login, certainty: 'certain' } as const;
  expect(kindReason(sure, translateIn('en'))).toBe('A consent screen was shown and agreed to.');
});

test('an app that is not known is no key', () => {
  expect(appWord('unknown', translateIn('ko'))).toBe('앱을 알 수 없음');
  expect(appWord('c0ff…9d', translateIn('ko'))).toBe('c0ff…9d');
});

test('a word of a later version is shown as it is, and nothing else is', () => {
  const unknown = (word: string) =>
    reasonsOf({ ...missed, verdictDoubt: word as 'lost' }, translateIn('ko'))[1];
  expect(unknown('new-doubt')).toBe('new-doubt');
  expect(unknown('<b>')).toBe('?');
});

test.each([
  [1, '1 login'],
  [999, '999 logins'],
  [1000, '1,000 logins'],
  [1_234_567, '1,234,567 logins'],
])('count of %i logins: thousands are set apart', (n, text) => {
  expect(translateCount(translateIn('en'), 'report.count', n)).toBe(text);
});
