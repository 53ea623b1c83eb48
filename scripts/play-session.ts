import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { TestBrowser } from '../test/e2e/browser/contract.ts';
import { launch } from '../test/e2e/browser/launch.ts';
import { until } from '../test/e2e/browser/until.ts';
import { command, dumpWhen, HOUR, advanceTime } from '../test/e2e/extension-api.ts';
import { logIn, logOutOfKakao, passKakao, pressAndWait } from '../test/e2e/login-steps.ts';
import { cardsWhen, openPopup, type Card } from '../test/e2e/popup.ts';
import { exportedText, openReport } from '../test/e2e/report-page.ts';
import { SITES } from '../test/e2e/sites.ts';
import { APPS, type Emulator } from '../test/emulator/index.ts';
import type { BrowserName } from './browsers.ts';
import { stayOpen } from './stay-open.ts';

/** What a play is played with. */
export interface Play {
  name: BrowserName;
  extensionDir: string;
  emulator: Emulator;
}

/** What each login of the session must come to. */
const EXPECTED: Record<string, { what: string; verdict: string }> = {
  alice: { what: 'calls /v2/user/me in the page', verdict: 'complete' },
  bob: { what: 'no listed call within 24 h', verdict: 'missed' },
  carol: { what: 'manual link, /v1/user/signup', verdict: 'complete' },
  dave: { what: 'all calls on the server', verdict: 'unseen' },
  erin: { what: 'no listed call yet', verdict: 'pending' },
};

/** Names the newest login after its account. */
async function label(browser: TestBrowser, account: string, count: number): Promise<void> {
  const content = await dumpWhen(browser, (d) => d['logins']?.length === count);
  const newest = content['logins']?.reduce((a, b) =>
    Number(a['ordinal']) > Number(b['ordinal']) ? a : b,
  );
  await command(browser, { type: 'label', login: String(newest?.['id']), label: account });
}

/** Makes the logins of the session, and the calls that follow them. */
async function playLogins(browser: TestBrowser, emulator: Emulator): Promise<void> {
  const say = (line: string) => console.log(`  ${line}`);
  const page = await browser.newPage();
  say('bob logs in on page.shop.test and the page calls nothing');
  await logIn(page, SITES.page, { account: 'bob' });
  await label(browser, 'bob', 1);
  await logOutOfKakao(page);
  say('dave logs in on server.shop.test, which calls Kakao on its back end');
  await page.goto(`${SITES.server}/login?call=me`);
  await passKakao(page, { account: 'dave' });
  await label(browser, 'dave', 2);
  say('25 hours pass');
  await advanceTime(browser, 25 * HOUR);
  emulator.advance(25 * HOUR);
  say(`Kakao's daily job cuts ${await emulator.runDailyJob()} link`);
  await logOutOfKakao(page);
  say('alice logs in on page.shop.test and the page calls /v2/user/me');
  await logIn(page, SITES.page, { account: 'alice' });
  await label(browser, 'alice', 3);
  await pressAndWait(page, 'me');
  await logOutOfKakao(page);
  say('carol logs in on manual.shop.test: /v2/user/me, then /v1/user/signup');
  await logIn(page, SITES.manual, { account: 'carol' });
  await label(browser, 'carol', 4);
  await pressAndWait(page, 'me');
  await command(browser, { type: 'app', clientId: APPS.manual, linkMode: 'manual' });
  await command(browser, { type: 'app', clientId: APPS.page, linkMode: 'auto' });
  await pressAndWait(page, 'signup');
  await logOutOfKakao(page);
  say('erin logs in on page2.shop.test and has 24 hours left');
  await logIn(page, SITES.page2, { account: 'erin' });
  await label(browser, 'erin', 5);
  await page.close();
}

/** Prints what was found beside what should be; returns whether they agree. */
function printTable(cards: Card[], accounts: Map<string, string>, emulator: Emulator): boolean {
  const rows = Object.entries(EXPECTED).map(([account, { what, verdict }]) => {
    const card = cards.find((c) => accounts.get(c.id) === account);
    const truth = emulator.truth().find((l) => l.account === account)?.state ?? 'none';
    const found = card?.verdict ?? 'nothing';
    return { account, what, visibility: card?.visibility ?? '', truth, found, verdict };
  });
  const line = (cells: string[]) =>
    console.log(
      `  ${cells.map((c, i) => c.padEnd([8, 32, 11, 12, 10, 10][i] ?? 0)).join(' ')}`.trimEnd(),
    );
  console.log('');
  line(['account', 'what the site does', 'visibility', 'at Kakao', 'verdict', 'expected']);
  for (const r of rows)
    line([
      r.account,
      r.what,
      r.visibility,
      r.truth,
      r.found,
      r.verdict + (r.found === r.verdict ? '' : '  <- differs'),
    ]);
  return rows.every((r) => r.found === r.verdict);
}

/** What a play leaves, and for whom. */
interface PlayOptions extends Play {
  /** The folder of the screenshots and the report. */
  out: string;
  /** It is played for a person. */
  visible: boolean;
}

/**
 * Plays a QA session; leaves screenshots and the report. Returns whether all verdicts are right. Headless, unless it is
 * played for a person: the browser is then visible and stays open, with the report in front, until it is closed.
 */
export async function playSession(play: PlayOptions): Promise<boolean> {
  const { name, extensionDir, emulator, out, visible } = play;
  const profileDir = mkdtempSync(join(tmpdir(), 'linkwatch-'));
  const open = (lang: 'en' | 'ko') =>
    launch(name, {
      extensionDir,
      emulator,
      profileDir,
      grants: Object.values(SITES),
      headless: !visible,
      handleSignals: !visible,
      lang,
    });
  console.log(`Playing a QA session in ${visible ? '' : 'headless '}${name}:`);
  const right = await closedAfter(await open('en'), (browser) => playInEnglish(browser, play));
  try {
    if (!visible) await closedAfter(await open('ko'), (browser) => shoot(browser, out, 'ko'));
  } finally {
    rmSync(profileDir, { recursive: true, force: true });
  }
  return right;
}

/** Uses a browser and closes it after, however that ends. */
async function closedAfter<T>(
  browser: TestBrowser,
  use: (browser: TestBrowser) => Promise<T>,
): Promise<T> {
  try {
    return await use(browser);
  } finally {
    if (browser.isOpen()) await browser.close();
  }
}

/** Plays the session, saves its report and takes the first screenshots. Returns whether all verdicts are right. */
async function playInEnglish(
  browser: TestBrowser,
  { name, emulator, out, visible }: PlayOptions,
): Promise<boolean> {
  await playLogins(browser, emulator);
  const cards = await cardsWhen(
    browser,
    (c) => c.length === 5 && c.filter((x) => x.verdict === 'complete').length === 2,
  );
  const rows = (await dumpWhen(browser, (d) => d['logins']?.length === 5))['logins'] ?? [];
  const accounts = new Map(rows.map((l) => [String(l['id']), String(l['label'])]));
  const right = printTable(cards, accounts, emulator);
  const page = await openReport(browser);
  const report = join(out, `session-${name}.json`);
  writeFileSync(report, await exportedText(page));
  console.log(`\n  ${report}`);
  await page.close();
  await shoot(browser, out, 'en');
  if (visible) {
    await openReport(browser);
    console.log('The session stays open. Ctrl-C here, or closing the browser, ends everything.');
    await stayOpen(browser);
  }
  return right;
}

/** Screenshots of the popup and of the report page, with its worst login open, in both themes. */
async function shoot(browser: TestBrowser, out: string, lang: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    const dark = theme === 'dark';
    const keep = async (what: string, page: Page) => {
      const file = join(out, `${what}-${browser.name}-${lang}-${theme}.png`);
      await page.screenshot({ path: file as `${string}.png`, fullPage: true });
      console.log(`  ${file}`);
      await page.close();
    };
    const popup = await openPopup(browser, SITES.page, { width: 400, height: 600, dark });
    await until('the logins', () => popup.$('[data-login-id]'));
    await keep('popup', popup);
    const report = await openReport(browser, '', { width: 1280, height: 900, dark });
    await until('the logins', () => report.$('[data-row]'));
    await report.evaluate(() => document.querySelector<HTMLElement>('[data-row]')?.click());
    await until('a login', () => report.$('[data-detail]'));
    await keep('report', report);
  }
}
