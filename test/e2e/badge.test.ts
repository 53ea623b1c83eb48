import { afterEach, expect, test } from 'vitest';
import type { Browser as ExtensionApi } from 'webextension-polyfill';
import type { Command } from '../../utils/model/command.ts';
import type { TestBrowser } from './browser/contract.ts';
import { until } from './browser/until.ts';
import { command, HOUR, inExtension, letPass, SITES } from './inside.ts';
import { inEachBrowser } from './lab.ts';
import { REHEARSED, rowsOf, sampleRows, seenLogin } from './sample-logins.ts';
import { seed } from './seed.ts';
import { logIn, use } from './walk.ts';
import { words } from './words.ts';

declare const chrome: ExtensionApi;

const word = words('en');
/** The title that says so many of each, in this order. */
const title = (counts: Record<string, number>, ...states: string[]) =>
  [
    word.get('name'),
    ...states.map((s) => word.get(`badge_${s}`)),
    ...Object.entries(counts).map(([v, n]) => word.get(`badge_${v}`)?.replace('$1', String(n))),
  ].join(' · ');

const RED = [179, 38, 30, 255];
const AMBER = [154, 91, 0, 255];
const GREY = [95, 99, 104, 255];

/** What the toolbar button shows and says. */
const badge = (browser: TestBrowser) =>
  inExtension(
    browser,
    async () => ({
      text: await chrome.action.getBadgeText({}),
      color: [...((await chrome.action.getBadgeBackgroundColor({})) as unknown as number[])],
      title: await chrome.action.getTitle({}),
    }),
    null,
  );

/** Sends commands without waiting for the answers in between. */
const atOnce = (browser: TestBrowser, ...messages: Command[]) =>
  inExtension(
    browser,
    (all) => Promise.all(all.map((m) => chrome.runtime.sendMessage(m))),
    messages,
  );

inEachBrowser('the badge', { grants: [SITES.page] }, (lab) => {
  const shows = async (wanted: Partial<Awaited<ReturnType<typeof badge>>>) => {
    let last = {};
    await until('the badge', async () => {
      last = await badge(lab.browser);
      return Object.entries(wanted).every(
        ([name, value]) =>
          JSON.stringify(value) === JSON.stringify((last as typeof wanted)[name as 'text']),
      );
    }).catch(() => {});
    expect(last).toMatchObject(wanted);
  };
  const now = Date.now();

  afterEach(() => seed(lab.browser, {}, true));

  test('follows a login from waiting to complete', async () => {
    await shows({ text: '', title: title({}) });
    const page = await lab.browser.newPage();
    await logIn(page, SITES.page, { account: 'alice' });
    await shows({ text: '', title: title({ pending: 1 }) });
    expect(await use(page, 'me')).toBe('done');
    await shows({ text: '', title: title({}) });
    await page.close();
  });

  test('counts and colours as time passes, and is empty once cleared', async () => {
    const logins = [...seenLogin(now, 0.1), ...seenLogin(now, 3)];
    await seed(lab.browser, rowsOf(logins), true);
    await shows({ text: '', title: title({ pending: 2 }) });
    await letPass(lab.browser, 22 * HOUR);
    await shows({ text: '1', color: RED, title: title({ missed: 1, pending: 1 }) });
    await letPass(lab.browser, 4 * HOUR);
    await shows({ text: '2', color: RED, title: title({ missed: 2 }) });
    await lab.browser.killWorker();
    await command(lab.browser, { type: 'clear' });
    await shows({ text: '', title: title({}) });
  });

  test('takes its colour from the worst, and says all in words', async () => {
    const { apps, track, logins, observations } = sampleRows(now);
    const of = (...hours: number[]) => ({
      apps: apps.filter((a) => a.windowMs === null),
      track,
      observations,
      logins: logins.filter((l) =>
        hours.some((h) => Math.abs(now - l.loggedInAt - h * HOUR) < 60_000),
      ),
    });
    await seed(lab.browser, of(60, 40, 30, 22), true);
    await shows({
      text: '3',
      color: RED,
      title: title({ missed: 1, late: 1, unseen: 1, pending: 1 }),
    });
    await seed(lab.browser, of(40, 30), true);
    await shows({ text: '2', color: AMBER, title: title({ late: 1, unseen: 1 }) });
    await seed(lab.browser, of(30), true);
    await shows({ text: '1', color: GREY, title: title({ unseen: 1 }) });
  });

  test('says that recording is paused, also when two commands come at once', async () => {
    await seed(lab.browser, rowsOf(seenLogin(now, 30)), true);
    await lab.browser.killWorker();
    await atOnce(lab.browser, { type: 'reconcile' }, { type: 'pause', paused: true });
    await shows({ text: '1', title: title({ missed: 1 }, 'paused') });
    await atOnce(lab.browser, { type: 'reconcile' }, { type: 'pause', paused: false });
    await shows({ text: '1', title: title({ missed: 1 }) });
  });

  test('says that what it tells was judged under a rehearsal window', async () => {
    await seed(lab.browser, sampleRows(now), true);
    await shows({ title: title({ missed: 2, late: 1, unseen: 2, pending: 4 }, 'rehearsal') });
    const { logins, ...rest } = sampleRows(now);
    const waiting = logins.filter((l) => l.clientId === REHEARSED && l.index.standing[1] > now);
    await seed(lab.browser, { ...rest, logins: waiting }, true);
    await shows({ text: '', title: title({ pending: 1 }, 'rehearsal') });
  });
});
