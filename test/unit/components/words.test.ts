import { describe, expect, test } from 'vitest';
import { elapsedFraction } from '../../../components/popup/elapsed-fraction.ts';
import { siteHint } from '../../../components/popup/site-hint.ts';
import { ATTENTION, sortIntoSections } from '../../../components/popup/sort-into-sections.ts';
import { judgeLogins } from '../../../components/shared/judged-login.ts';
import {
  bandText,
  completedText,
  completesText,
  doubtText,
  maybeText,
} from '../../../components/shared/login-messages.ts';
import { timesIn } from '../../../components/shared/times.ts';
import { wholeNumber } from '../../../components/shared/whole-number.ts';
import { maskClientId } from '../../../utils/kakao/mask-client-id.ts';
import { newApp } from '../../../utils/model/app.ts';
import { siteName } from '../../../utils/model/site-name.ts';
import { verdictOf } from '../../../utils/verdict/decide/verdict.ts';
import { HOUR, KEY, listedCall, loginOf, NOW, SITE } from './popup-fixtures.ts';

const app = newApp(KEY);
const at = (ms: number) => `@${(ms - NOW) / HOUR}`;

describe('masking', () => {
  test('shows the first four and last two characters of an app key', () =>
    expect(maskClientId(KEY)).toBe('c0ff…9d'));
  test('never shows most of a short key', () => expect(maskClientId('abcdefgh')).toBe('ab…'));
  test.each(['c0ff…9d', 'c0ff…9d~2'])('keeps %s, which a report has masked', (masked) =>
    expect(maskClientId(masked)).toBe(masked),
  );
  test('leaves https out of a site, and nothing else', () => {
    expect(siteName('https://shop.test:8443')).toBe('shop.test:8443');
    expect(siteName('http://localhost:3000')).toBe('http://localhost:3000');
  });
});

describe('what completes a login', () => {
  test.each(['auto', 'manual', 'unknown'] as const)('%s', (mode) =>
    expect(completesText(mode)).toEqual([`completes.${mode}`]),
  );
  test('names the call that did, and says when it came too late', () => {
    const timely = loginOf('a', 5 * HOUR, { creditedListedCall: listedCall(HOUR) });
    expect(completedText(verdictOf(timely, app, NOW), at)).toEqual([
      'completes.done',
      ['GET', '/v2/user/me', '@-1'],
    ]);
    const late = loginOf('a', 30 * HOUR, { creditedListedCall: listedCall(HOUR) });
    expect(completedText(verdictOf(late, app, NOW), at)?.[0]).toBe('completes.late');
    expect(completedText(verdictOf(loginOf('a', HOUR), app, NOW), at)).toBeNull();
  });
});

describe('doubts', () => {
  test('a login that may be a first login says why', () => {
    expect(
      maybeText(
        loginOf('a', 0, { kind: 'unknown', certainty: 'likely', kindBecause: 'easy-login' }),
      ),
    ).toEqual(['kind.easy_login']);
    expect(
      maybeText(loginOf('a', 0, { certainty: 'likely', kindBecause: 'consent-with-scope' })),
    ).toEqual(['kind.consent_with_scope']);
    expect(maybeText(loginOf('a', 0, { certainty: 'likely', kindBecause: 'consent' }))).toEqual([
      'kind.consent_maybe',
    ]);
    expect(maybeText(loginOf('a', 0))).toBeNull();
    expect(maybeText(loginOf('a', 0, { kind: 'repeat', certainty: 'likely' }))).toBeNull();
  });
  test('the same doubt is not told twice', () => {
    const login = loginOf('a', 30 * HOUR, { kind: 'unknown', certainty: 'likely' });
    const verdict = verdictOf(login, app, NOW);
    expect(verdict.doubt).toBe('kind-unknown');
    expect(doubtText(verdict)).toBeNull();
    const repeat = loginOf('a', 30 * HOUR, { kind: 'repeat', certainty: 'likely' });
    expect(doubtText(verdictOf(repeat, app, NOW))).toEqual(['doubt.repeat_unsure']);
    const restarted = loginOf('a', 30 * HOUR, { restartedAt: NOW - 20 * HOUR });
    expect(doubtText(verdictOf(restarted, app, NOW))).toEqual(['doubt.restart']);
  });
  test('link mode that is not known: the popup names its own settings, and no command', () => {
    const login = loginOf('a', 30 * HOUR, { creditedListedCall: listedCall(29 * HOUR) });
    const verdict = verdictOf(login, app, NOW);
    expect(verdict.doubt).toBe('link-mode-unknown');
    expect(doubtText(verdict)).toEqual(['doubt.link_mode_in_settings']);
  });
  test('a cut is as doubtful as what shows it', () => {
    const cut = { at: NOW - HOUR, likely: true } as const;
    const doubtOf = (because: 'consent-again' | 'unlink-call') => {
      const login = loginOf('a', 30 * HOUR, { seenInBrowser: false, cut: { ...cut, because } });
      return doubtText(verdictOf(login, app, NOW));
    };
    expect(doubtOf('consent-again')).toEqual(['doubt.consent_unsure']);
    expect(doubtOf('unlink-call')).toEqual(['doubt.cut_unsure']);
  });
});

describe('the band in which the link is cut', () => {
  const verdict = verdictOf(loginOf('a', 30 * HOUR), app, NOW);
  const unseen = verdictOf(loginOf('a', 30 * HOUR, { seenInBrowser: false }), app, NOW);
  test('runs from 24 to 48 hours after the login', () =>
    expect(bandText(verdict, NOW, at)).toEqual(['band.inside', ['@-6', '@18']]));
  test('is over after it', () =>
    expect(bandText(verdict, NOW + 19 * HOUR, at)).toEqual(['band.over']));
  test('instant at which it ends: still inside', () =>
    expect(bandText(verdict, NOW + 18 * HOUR, at)?.[0]).toBe('band.inside'));
  test('is only a condition where nothing could be seen', () => {
    expect(unseen.verdict).toBe('unseen');
    expect(bandText(unseen, NOW, at)?.[0]).toBe('band.insideUnseen');
    expect(bandText(unseen, NOW + 19 * HOUR, at)?.[0]).toBe('band.overUnseen');
  });
  test('has not begun when only a rehearsal window has passed', () => {
    const rehearsed = verdictOf(loginOf('a', HOUR), { ...app, windowMs: 60_000 }, NOW);
    expect(bandText(rehearsed, NOW, at)).toEqual(['band.before', ['@23']]);
  });
  test('is not there while the window is open', () =>
    expect(bandText(verdictOf(loginOf('a', HOUR), app, NOW), NOW, at)).toBeNull());
});

test('a part of a stretch stays between nothing and all of it', () => {
  expect([-1, 0, 5, 10, 11].map((now) => elapsedFraction(0, 10, now))).toEqual([0, 0, 0.5, 1, 1]);
  expect(elapsedFraction(5, 5, 5)).toBe(1);
});

describe('why nothing is shown', () => {
  const facts = {
    site: SITE,
    watched: true,
    paused: false,
    kakaoAccess: true,
    inPanel: false,
    hasLogins: false,
  };
  test.each([
    [{ site: null }, 'browser_page'],
    [{ site: null, inPanel: true }, 'no_address'],
    [{ kakaoAccess: false }, 'no_kakao'],
    [{ watched: false, paused: true }, 'not_watched'],
    [{ paused: true }, 'paused'],
    [{}, 'no_login'],
    [{ hasLogins: true, watched: false }, 'not_watched'],
  ])('%j', (more, hint) => expect(siteHint({ ...facts, ...more })).toEqual([`hint.${hint}`]));
  test('says nothing where something is shown', () =>
    expect(siteHint({ ...facts, hasLogins: true, paused: true })).toBeNull());
});

describe('sections', () => {
  const logins = [
    loginOf('fresh', HOUR, { ordinal: 4 }),
    loginOf('old', 20 * HOUR, { ordinal: 3 }),
    loginOf('missed', 30 * HOUR, { ordinal: 2, accountId: 'g' }),
    loginOf('unseen', 25 * HOUR, { ordinal: 1, accountId: 'g', seenInBrowser: false }),
    loginOf('late', 40 * HOUR, { ordinal: 0, creditedListedCall: listedCall(HOUR) }),
    loginOf('done', 2 * HOUR, { ordinal: 5, creditedListedCall: listedCall(HOUR) }),
  ];
  const ids = (list: { login: { id: string } }[]) => list.map((j) => j.login.id);
  const auto = { ...app, inferredLinkMode: 'auto' as const };
  const sections = sortIntoSections(logins, new Map([[KEY, auto]]), NOW);

  test('open ones by the nearest deadline, the others by the newest', () => {
    expect(ids(sections.open)).toEqual(['old', 'fresh']);
    expect(ids(sections.attention)).toEqual(['unseen', 'missed', 'late']);
    expect(ids(sections.settled)).toEqual(['done']);
    expect(sections.attention.every((j) => ATTENTION.has(j.verdict.verdict))).toBe(true);
  });
  test('are to be judged again at the next deadline or end of a band', () => {
    expect(sections.nextChange).toBe(NOW + 4 * HOUR);
    expect(sortIntoSections([], new Map(), NOW).nextChange).toBe(Infinity);
    expect(sortIntoSections([loginOf('a', 30 * HOUR)], new Map(), NOW).nextChange).toBe(
      NOW + 18 * HOUR,
    );
  });
  test('logins of one account share the number of its first', () =>
    expect(
      judgeLogins(logins, new Map(), NOW)
        .filter((j) => j.login.accountId === 'g')
        .map((j) => j.account),
    ).toEqual([2, 2]));
});

describe('times', () => {
  const en = timesIn('en');
  const ko = timesIn('ko');
  test('are made once a language', () => expect(timesIn('en')).toBe(en));
  test('count down to zero at the deadline, not before', () => {
    expect(en.ticking(1)).toBe('0:00:01');
    expect(en.ticking(0)).toBe('0:00:00');
    expect(en.ticking(-5)).toBe('0:00:00');
    expect(ko.ticking(23 * HOUR + 59 * 60_000 + 1000)).toBe('23:59:01');
  });
  test('write spans in hours and minutes, and nothing below a minute', () => {
    expect(en.span(22 * HOUR + 13 * 60_000)).toBe('22 hr, 13 min');
    expect(ko.span(22 * HOUR + 13 * 60_000)).toBe('22시간 13분');
    expect(en.span(59_999)).toBe('');
  });
  test('write the time left in minutes and seconds in the last hour, unless it is to be calm', () => {
    expect(en.left(2 * HOUR + 10 * 60_000 + 5000)).toBe('2h 10m');
    expect(en.left(5 * 60_000 + 7000)).toBe('5m 7s');
    expect(en.left(5 * 60_000 + 7000, { calm: true })).toBe('5m');
  });
  test.each([
    [59_999, '', ''],
    [60_000, '1 minute ago', '1분 전'],
    [59 * 60_000, '59 minutes ago', '59분 전'],
    [47 * HOUR, '47 hours ago', '47시간 전'],
    [49 * HOUR, '2 days ago', '2일 전'],
  ])('write how long ago %d ms is', (ms, english, korean) => {
    expect(en.ago(NOW - ms, NOW)).toBe(english);
    expect(ko.ago(NOW - ms, NOW)).toBe(korean);
  });
  test('write the year of a day that is not of this year', () => {
    const now = new Date(2026, 0, 2).getTime();
    const yesterday = new Date(2026, 0, 1).getTime();
    const lastYear = new Date(2025, 4, 22).getTime();
    expect(en.day(yesterday, now)).toBe('Jan 1');
    expect(en.day(lastYear, now)).toBe('May 22, 2025');
    expect(ko.day(yesterday, now)).toBe('1월 1일');
    expect(ko.day(lastYear, now)).toBe('2025년 5월 22일');
  });
  test('never write midnight as 24 hours', () => {
    const midnight = new Date(2026, 10, 22, 0, 0, 7).getTime();
    expect(en.clock(midnight)).toBe('00:00:07');
    expect(ko.moment(midnight)).toContain('00:00:07');
  });
});

test.each([
  ['5', 5],
  [' 1440 ', null],
  ['0', null],
  ['1.5', null],
  ['', null],
  ['1e2', null],
  ['-3', null],
])('a whole number from 1 to 1439 out of "%s"', (text, value) =>
  expect(wholeNumber(text, 1, 1439)).toBe(value),
);
