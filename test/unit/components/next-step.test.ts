import { describe, expect, test } from 'vitest';
import { appsByNeed, appToAsk } from '../../../components/popup/app-to-ask.ts';
import { nextStep } from '../../../components/popup/next-step.ts';
import { sortIntoSections } from '../../../components/popup/sort-into-sections.ts';
import { newApp, UNKNOWN_APP, type App } from '../../../utils/model/app.ts';
import type { Login } from '../../../utils/model/login.ts';
import { needsWord } from '../../../utils/verdict/decide/needs-word.ts';
import { verdictOf } from '../../../utils/verdict/decide/verdict.ts';
import { HOUR, KEY, listedCall, loginOf, NOW, SITE } from './popup-fixtures.ts';

const unknown = newApp(KEY);
const auto: App = { ...unknown, linkModeOverride: 'auto' };
const manual: App = { ...unknown, linkModeOverride: 'manual' };
const at = (ms: number) => `@${(ms - NOW) / HOUR}`;
const dark: Partial<Login> = { seenInBrowser: false };
const judgedOf = (login: Login, app: App, now = NOW) => ({
  login,
  verdict: verdictOf(login, app, now),
});
const watched: ReadonlySet<string> = new Set([SITE]);
const called: Partial<Login> = { creditedListedCall: listedCall(HOUR) };

describe('the one thing to do', () => {
  const step = (ago: number, more: Partial<Login>, app: App, now = NOW) =>
    nextStep(judgedOf(loginOf('a', ago, more), app, now), now, at, watched);

  test('an open login names the call that completes it under its link mode', () => {
    expect(step(HOUR, {}, unknown)).toEqual(['now.callMe']);
    expect(step(HOUR, {}, auto)).toEqual(['now.callMe']);
    expect(step(HOUR, {}, manual)).toEqual(['now.callSignup']);
    expect(step(HOUR, called, manual)).toEqual(['now.callSignup']);
  });

  test('a login whose calls cannot be seen names what lets them be seen', () => {
    for (const ago of [HOUR, 30 * HOUR]) {
      const gap = (reason: 'no-site-access' | 'paused') => ({
        ...dark,
        visibilityGap: { at: NOW - ago, reason },
      });
      expect(step(ago, dark, auto)).toEqual(['now.serverSide']);
      const unwatched = { ...gap('no-site-access'), site: 'https://other.test' };
      expect(step(ago, unwatched, auto)).toEqual(['now.noSiteAccess']);
      expect(step(ago, gap('paused'), auto)).toEqual(['now.paused']);
    }
  });

  test('of a site that is watched by now, only another login is asked for', () => {
    for (const ago of [HOUR, 30 * HOUR]) {
      const gap = { at: NOW - ago, reason: 'no-site-access' } as const;
      expect(step(ago, { ...dark, visibilityGap: gap }, auto)).toEqual(['now.watchedByNow']);
    }
  });

  test('a token that SDK v1’s popup gave to the page: the page makes the call, no server does', () => {
    const popup: Partial<Login> = { ...dark, redirectUri: 'kakaojs' };
    expect(step(HOUR, popup, auto)).toEqual(['now.callMe']);
    expect(step(HOUR, popup, manual)).toEqual(['now.callSignup']);
    expect(step(30 * HOUR, popup, auto)).toEqual(['now.unseen']);
  });

  test('a miss says by when the link may be cut, and after that how to find out', () => {
    expect(step(30 * HOUR, {}, auto)).toEqual(['now.missed', ['@18']]);
    expect(step(49 * HOUR, {}, auto)).toEqual(['now.missedLongAgo']);
    expect(step(HOUR, {}, { ...auto, windowMs: 60_000 })).toEqual(['now.rehearsed', ['@23']]);
  });

  test('what is decided says why', () => {
    expect(step(30 * HOUR, called, auto)).toEqual(['now.late']);
    expect(step(3 * HOUR, called, auto)).toEqual(['because.listed_call']);
    expect(step(3 * HOUR, called, unknown)).toEqual(['now.word']);
    expect(step(3 * HOUR, { kind: 'repeat' }, auto)).toEqual(['because.repeat_login']);
  });
});

describe('a complete login of an app whose link mode is not known', () => {
  const login = loginOf('a', 3 * HOUR, called);
  const of = (app: App) => judgedOf(login, app);

  test('needs the tester’s word, until there is one', () => {
    expect([unknown, auto, manual].map((app) => needsWord(of(app)))).toEqual([true, false, false]);
    const marked = loginOf('a', 3 * HOUR, {
      ...called,
      testerMark: { at: NOW, mark: 'complete', note: '' },
    });
    expect(needsWord(judgedOf(marked, unknown))).toBe(false);
  });

  test('stands under what needs attention, after what has passed, and not as done', () => {
    const missed = loginOf('b', 40 * HOUR);
    const sorted = (app: App) => sortIntoSections([login, missed], new Map([[KEY, app]]), NOW);
    expect(sorted(unknown).attention.map((j) => j.login.id)).toEqual(['b', 'a']);
    expect(sorted(unknown).settled).toEqual([]);
    expect(sorted(auto).attention.map((j) => j.login.id)).toEqual(['b']);
    expect(sorted(auto).settled.map((j) => j.login.id)).toEqual(['a']);
    expect(sorted(manual).open.map((j) => j.login.id)).toEqual(['a']);
  });
});

test('asked is about the first listed app that nobody has told of, then about any other', () => {
  const apps = new Map([
    ['a', { ...newApp('a'), linkModeOverride: 'auto' as const }],
    ['b', newApp('b')],
    ['c', newApp('c')],
  ]);
  expect(appToAsk(['a', 'c', 'b'], apps)?.clientId).toBe('c');
  expect(appToAsk(['a'], apps)?.clientId).toBe('b');
  expect(appToAsk(['a'], new Map([...apps].slice(0, 1)))).toBeUndefined();
  const nameless = new Map([[UNKNOWN_APP, newApp(UNKNOWN_APP)]]);
  expect(
    appToAsk([UNKNOWN_APP], nameless),
    'nobody can tell of an app that is not known',
  ).toBeUndefined();
});

test('app to ask about: one of an open login, then one whose login waits for the answer', () => {
  const apps = new Map(['open', 'dark', 'waiting'].map((id) => [id, newApp(id)]));
  const of = (clientId: string, ago: number, more: Partial<Login> = {}) =>
    loginOf(clientId, ago, { clientId, ...more });
  const pending = of('open', HOUR);
  const passed = [of('dark', 25 * HOUR, dark), of('waiting', 2 * HOUR, called)];
  const asked = (...logins: Login[]) =>
    appToAsk(appsByNeed(sortIntoSections(logins, apps, NOW)), apps)?.clientId;
  expect(asked(pending, ...passed)).toBe('open');
  expect(asked(...passed)).toBe('waiting');
});
