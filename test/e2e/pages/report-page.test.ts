import type { KeyInput, Page } from 'puppeteer-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Observation } from '../../../utils/model/observation.ts';
import { api, APP, HOUR, observe } from '../../unit/fixtures.ts';
import { until } from '../browser/until.ts';
import { closeTabs, command, dump, dumpWhen, openTabs } from '../extension-api.ts';
import { browser, browserName, useBrowser } from '../fixtures.ts';
import { expectNoOverflow } from '../overflow.ts';
import { appears, click, disappears, has, openDetails, typeInto } from '../page-actions.ts';
import { cardsWhen, openPopup } from '../popup.ts';
import {
  EXPORT_MENU,
  act,
  countsOf,
  exportedText,
  fill,
  openReport,
  rowsOf,
} from '../report-page.ts';
import { liveSession, rowsOf as storedRows, sampleRows, seenLogin } from '../sample-logins.ts';
import { seed } from '../seed.ts';
import { SITES } from '../sites.ts';

useBrowser();

const byId = (all: { id: string; verdict: string }[]) =>
  Object.fromEntries(all.map(({ id, verdict }) => [id, verdict]));

describe('report page', () => {
  beforeAll(() =>
    seed(browser, { ...sampleRows(Date.now()), sessions: [liveSession(Date.now())] }),
  );

  test('table: every verdict as in the popup, and the counts add up', async () => {
    const cards = await cardsWhen(browser, (c) => c.length > 8);
    const page = await openReport(browser);
    const rows = await rowsOf(page);
    expect(byId(rows)).toEqual(byId(cards));
    // A verdict and what stands beside it are words of their own, also where they are read aloud or copied.
    const words = rows.map(({ text }) => text.split('\n')[0]);
    expect(words).toContain('Late likely');
    expect(words).toContain('Pending Rehearsal');
    const counts = await countsOf(page);
    expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(cards.length);
    expect(Object.keys(counts)[0]).toBe('missed');
    for (const [verdict, n] of Object.entries(counts))
      expect(n, verdict).toBe(cards.filter((c) => c.verdict === verdict).length);
    await browser.leave(page);
  });

  test('one login after the other: nothing done with the first is there for the next', async () => {
    const page = await openReport(browser);
    const marked = (await rowsOf(page)).filter((row) => row.verdict !== 'not-applicable');
    const show = async (id = '') => {
      await click(page, `[data-row="${id}"]`);
      await appears(page, `[data-detail="${id}"]`);
    };
    const done = () =>
      page.$eval('[data-detail]', (detail) => [
        detail.querySelector<HTMLInputElement>('.tester input')?.value,
        detail.querySelector('[data-testid="copied"]')?.textContent,
        detail.querySelector('.key')?.ariaExpanded,
      ]);
    await show(marked[0]?.id);
    await click(page, '.tester input');
    await page.keyboard.type('seen in the log');
    await click(page, '[data-detail] [data-action="copy-text"]');
    await click(page, '[data-detail] .key');
    await until('the copy', async () => (await done())[1] !== '');
    expect(await done()).toEqual(['seen in the log', expect.any(String), 'true']);
    await show(marked[1]?.id);
    expect(await done()).toEqual(['', '', 'false']);
    await browser.leave(page);
  });

  test('plan of cases: a case names the login that shows it, and opens it', async () => {
    const page = await openReport(browser);
    await click(page, '[data-testid="test-plan"] > summary');
    const cases = await page.$$eval('[data-case]', (all) => all.length);
    expect(cases).toBe(10);
    const proof = await page.$eval('[data-proof]', (one) => one.getAttribute('data-proof'));
    await click(page, '[data-proof]');
    await appears(page, '.detail');
    expect((await rowsOf(page)).map((row) => row.id)).toContain(proof);
    await browser.leave(page);
  });

  test('keyboard: filters, sorts, searches and opens logins', async () => {
    const page = await openReport(browser);
    await page.bringToFront();
    const all = await rowsOf(page);
    const press = (key: KeyInput) => page.keyboard.press(key);
    await press('/');
    await page.keyboard.type('unwatched');
    await until('the search', async () => (await rowsOf(page)).length === 1);
    expect((await rowsOf(page))[0]?.text).toContain('unwatched.shop.test');
    await press('Escape');
    await until('all of them', async () => (await rowsOf(page)).length === all.length);
    await page.select('[data-filter="verdict"]', 'missed');
    await until('the missed ones', async () =>
      (await rowsOf(page)).every((r) => r.verdict === 'missed'),
    );
    await act(page, 'clear-filter');
    // The list must be whole before it is sorted, and sorted before keys go through it.
    await until('all again', async () => (await rowsOf(page)).length === all.length);
    await click(page, '[data-sort="deadline"]');
    await until('the order', async () => (await rowsOf(page))[0]?.id !== all[0]?.id);
    const second = (await rowsOf(page))[1]?.id;
    await page.focus('[role="grid"]');
    await press('ArrowDown');
    await press('Enter');
    const open = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[data-detail]')].map(
          (d) => d.dataset['detail'],
        ),
      );
    await until('the detail', async () => (await open())[0] === second);
    const inSight = () =>
      page.evaluate(() =>
        ['[role="grid"]', '[data-detail]'].map((s) => {
          const box = document.querySelector(s)?.getBoundingClientRect();
          return box && box.top + 100 < innerHeight ? Math.sign(box.left - innerWidth / 3) : null;
        }),
      );
    expect(await inSight()).toEqual([-1, 1]);
    const width = () =>
      page.$eval('[role="separator"]', (e) => e.previousElementSibling?.clientWidth);
    const before = (await width()) ?? 0;
    await page.focus('[role="separator"]');
    await press('ArrowRight');
    await until('a wider list', async () => ((await width()) ?? 0) > before + 20);
    const wider = await width();
    const again = await openReport(browser);
    await appears(again, '[data-row]');
    await again.evaluate(() => document.querySelector<HTMLElement>('[data-row]')?.click());
    await appears(again, '[role="separator"]');
    expect(
      await again.$eval('[role="separator"]', (e) => e.previousElementSibling?.clientWidth),
    ).toBe(wider);
    await browser.leave(again);
    await page.bringToFront();
    await page.focus('[role="grid"]');
    await press('End');
    await press(' ');
    await until('two side by side', async () => (await open()).length === 2);
    expect(await page.$('[data-testid="difference"]')).not.toBeNull();
    const menu = () =>
      page.evaluate((selector) => {
        const box = document.querySelector<HTMLDetailsElement>(selector);
        const { dataset, tagName } = document.activeElement as HTMLElement;
        return [box?.open, dataset['field'] ?? dataset['action'] ?? tagName];
      }, EXPORT_MENU);
    await page.focus(`${EXPORT_MENU} > summary`);
    await press('ArrowDown');
    expect(await menu()).toEqual([true, 'shown-only']);
    await press('ArrowDown');
    await press('ArrowDown');
    expect(await menu()).toEqual([true, 'copy-summary']);
    await press('Escape');
    expect(await menu()).toEqual([false, 'SUMMARY']);
    await browser.leave(page);
  });

  test('keyboard: what its own use takes away leaves the focus near it', async () => {
    const page = await openReport(browser);
    await page.bringToFront();
    const holdsFocus = async (selector: string, after: string) => {
      await page.focus(selector);
      await page.keyboard.press('Enter');
      await appears(page, `${after}:focus`);
    };
    await fill(page, 'search', 'late');
    await appears(page, '[data-action="save-filter"]');
    await holdsFocus('[data-action="save-filter"]', '[data-action="clear-filter"]');
    await holdsFocus('[data-action="clear-filter"]', '.filters *');
    await holdsFocus('.saved .link', '.filters *');
    await fill(page, 'search', 'nothing that is there');
    await appears(page, '[data-testid="no-match"]');
    await holdsFocus('[data-action="show-all"]', '[role="grid"]');
    expect((await rowsOf(page)).length).toBeGreaterThan(1);
    await holdsFocus('[role="grid"]', '[role="grid"]');
    await appears(page, '[data-detail]');
    await holdsFocus('[data-action="close-detail"]', '[role="grid"]');
    await browser.leave(page);
  });

  test('narrow page: a login opened below the list comes into sight, with a way back', async () => {
    const page = await openReport(browser, '', { width: 400, height: 700 });
    await page.bringToFront();
    const inSight = (selector: string) =>
      page.evaluate((s) => {
        const top = document.querySelector(s)?.getBoundingClientRect().top ?? NaN;
        return top >= 0 && top < innerHeight / 3;
      }, selector);
    const hasFocus = () => page.$eval('[role="grid"]', (e) => e === document.activeElement);
    await appears(page, '[data-row]');
    await page.focus('[role="grid"]');
    for (const key of ['Enter', 'ArrowDown', 'Enter'] as const) await page.keyboard.press(key);
    await until('the login', () => inSight('[data-detail]'));
    expect(await hasFocus()).toBe(true);
    await click(page, '[data-action="back-to-list"]');
    await until('the list', () => inSight('[role="grid"]'));
    expect(await hasFocus()).toBe(true);
    await browser.setLook(page, { width: 1200, height: 700 });
    await until('the way back to go', () =>
      page.$eval('[data-action="back-to-list"]', (e) => !e.checkVisibility()),
    );
    await browser.leave(page);
  });

  test('login: its timeline to scale, with what counts and why', async () => {
    const page = await openReport(browser);
    await fill(page, 'search', 'late');
    await until('the late one', async () =>
      (await rowsOf(page)).every((r) => r.verdict === 'late'),
    );
    await page.evaluate(() => document.querySelector<HTMLElement>('[data-row]')?.click());
    const events = await until('the timeline', () =>
      page.evaluate(() => {
        const found = [...document.querySelectorAll<HTMLElement>('[data-event]')];
        return found.length ? found.map((e) => `${e.dataset['event']} ${e.innerText}`) : null;
      }),
    );
    const kinds = events.map((e) => e.split(' ')[0]);
    expect(kinds).toEqual(
      expect.arrayContaining(['authorize', 'logged-in', 'token', 'deadline', 'api']),
    );
    expect(kinds.indexOf('deadline')).toBeLessThan(kinds.indexOf('api'));
    expect(events.find((e) => e.startsWith('api'))).toContain('/v2/user/me');
    expect(events.find((e) => e.startsWith('logged-in'))).toMatch(/^logged-in 0:00:00/);
    const parts = await page.evaluate(() => {
      const width = (name: string) =>
        Number(document.querySelector(`.scale .${name}`)?.getAttribute('width'));
      return [width('window'), width('cut-band')];
    });
    expect(parts[0]).toBe(parts[1]);
    await browser.leave(page);
  });

  test('finding: each step that it rests on is named, and leads to it by keyboard', async () => {
    const page = await openReport(browser);
    await page.bringToFront();
    const missed = (await rowsOf(page)).find((row) => row.verdict === 'missed');
    await click(page, `[data-row="${missed?.id}"]`);
    const found = '[data-testid="login-findings"] [data-rule]';
    await openDetails(page, found);
    const [name] = await page.$$eval(`${found} .seen li`, (all) => all.map((li) => li.innerText));
    expect(name).toMatch(/\d.*Kakao sent the code back 302$/);
    await page.$eval('[data-testid="timeline"]', (list) => {
      const timeline = list.closest('details');
      if (timeline) timeline.open = false;
    });
    await page.focus(`${found} [data-action="show-step"]`);
    await page.keyboard.press('Enter');
    const step = await until('the step', () =>
      page.evaluate(() => {
        const { activeElement: at } = document;
        const isInSight = at && at.getBoundingClientRect().top < innerHeight;
        return isInSight && at.matches('.timeline li') ? (at as HTMLElement).innerText : null;
      }),
    );
    expect(step).toContain('Kakao sent the code back 302');
    await browser.leave(page);
  });

  test('session: begun, named, held, ended; steps are marked', async () => {
    const page = await openReport(browser);
    // The first thing recorded on a day opens that day's session; only then is the next one the tester's.
    await command(browser, { type: 'step', text: 'first of the day' });
    const before = (await dump(browser))['sessions']?.length ?? 0;
    await act(page, 'begin-session');
    await dumpWhen(browser, (d) => d['sessions']?.length === before + 1);
    await page.bringToFront();
    await until('the new session', () =>
      page.evaluate(
        () =>
          !/2026-01-01/.test(
            document.querySelector<HTMLInputElement>('[data-field="session-name"]')?.value ??
              '2026-01-01',
          ),
      ),
    );
    await fill(page, 'session-tester', '지수');
    await dumpWhen(browser, (d) => d['sessions']?.some((s) => s['tester'] === '지수') ?? false);
    await page.bringToFront();
    await openDetails(page, '[data-testid="session-fields"]');
    await typeInto(page, '[data-field="session-name"]', '');
    const complaint = () =>
      page.$eval('[data-testid="session-fields"] .complaint', (e) => e.textContent);
    await until('the complaint', async () => (await complaint()) !== '');
    await typeInto(page, '[data-field="session-name"]', 'release 12');
    await dumpWhen(browser, (d) => d['sessions']?.some((s) => s['name'] === 'release 12') ?? false);
    expect(await complaint()).toBe('');
    await click(page, '[data-field="held"]');
    await fill(page, 'step', 'cancel on consent');
    await act(page, 'mark-step');
    const content = await dumpWhen(
      browser,
      (d) => d['observations']?.some((o) => o['text'] === 'cancel on consent') ?? false,
    );
    const open = content['sessions']?.filter((s) => s['endedAt'] === null) ?? [];
    expect(open).toEqual([expect.objectContaining({ tester: '지수', held: true })]);
    const step = content['observations']?.find((o) => o['text'] === 'cancel on consent');
    expect(step).toMatchObject({ text: 'cancel on consent', session: open[0]?.['id'] });
    await page.bringToFront();
    await fill(page, 'session-environment', 'staging');
    await dumpWhen(
      browser,
      (d) => d['sessions']?.some((s) => s['environment'] === 'staging') ?? false,
    );
    await page.bringToFront();
    await act(page, 'end-session');
    await dumpWhen(browser, (d) => d['sessions']?.every((s) => s['endedAt'] !== null) ?? false);
    await page.bringToFront();
    await disappears(page, '[data-action="end-session"]');
    await fill(page, 'step', 'after the end');
    await act(page, 'mark-step');
    const after = await dumpWhen(
      browser,
      (d) => d['observations']?.some((o) => o['text'] === 'after the end') ?? false,
    );
    const own = after['observations']?.find((o) => o['text'] === 'after the end')?.['session'];
    expect(own).not.toBe(open[0]?.['id']);
    expect(after['sessions']?.find((s) => s['id'] === own)).toMatchObject({ endedAt: null });
    await browser.leave(page);
  });
});

describe('link mode not known', () => {
  beforeAll(async () => {
    const now = Date.now();
    const me = observe(api('/v2/user/me'), now - 2 * HOUR, { tab: 'r:3' });
    const rows = storedRows([...seenLogin(now, 3), me, ...seenLogin(now, 1)]);
    await seed(browser, { ...rows, sessions: [liveSession(now)] });
  });

  test('set beside the doubt by keyboard: the verdict changes, the focus stays near', async () => {
    const page = await openReport(browser);
    await page.bringToFront();
    await click(page, '[data-row][data-verdict="pending"]');
    await appears(page, '[data-detail][data-verdict="pending"] .ask');
    await click(page, '[data-row][data-verdict="complete"]');
    await appears(page, '[data-detail][data-verdict="complete"] .doubt');
    const doubt = await page.$eval('[data-detail] .doubt', (one) => one.textContent);
    expect(doubt).toMatch(/Set it here\.$/);
    await page.focus('[data-detail] .ask [data-action="answer-manual"]');
    await page.keyboard.press('Enter');
    await appears(page, '[data-detail][data-verdict="pending"]');
    expect(await has(page, '[data-detail] .ask')).toBe(false);
    expect(
      await page.evaluate(() => document.activeElement?.closest('[data-detail]') !== null),
    ).toBe(true);
    await browser.leave(page);
  });
});

describe('sessions', () => {
  test('Friday’s miss is in Monday’s report; all sessions are one; a card opens its login', async () => {
    const now = Date.now();
    const friday = { ...liveSession(now), endedAt: now - HOUR };
    const monday = {
      ...friday,
      id: 'monday',
      name: 'Monday',
      startedAt: now - HOUR,
      endedAt: null,
    };
    await seed(browser, { ...storedRows(seenLogin(now, 72)), sessions: [friday, monday] });
    const page = await openReport(browser);
    const [missed] = await rowsOf(page);
    expect(missed?.verdict).toBe('missed');
    const choices = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('[data-field="session"] option')].map((o) => o.textContent),
      );
    expect(await choices()).toEqual([
      'All sessions · 1 login',
      'Monday · 1 login · open',
      '2026-01-01 · 1 login',
    ]);
    const about = async () => {
      const { session, counts } = JSON.parse(await exportedText(page));
      return [session.name, counts.logins, counts.byVerdict.missed];
    };
    expect(await about()).toEqual(['Monday', 1, 1]);
    await page.select('[data-field="session"]', 'all');
    await until('all of them', async () => (await rowsOf(page)).length === 1);
    expect(await about()).toEqual(['All sessions', 1, 1]);
    await browser.leave(page);

    const popup = await openPopup(browser, SITES.page);
    const card = `[data-login-id="${missed?.id}"]`;
    await appears(popup, `${card} summary`);
    await popup.evaluate((s) => document.querySelector<HTMLElement>(s)?.click(), `${card} summary`);
    await act(popup, 'open-login');
    const address = await until('its tab', async () =>
      (await openTabs(browser)).map((t) => t.url).find((url) => url.includes('/report.html#')),
    );
    await closeTabs(browser, '/report.html');
    await browser.leave(popup);
    const opened = await openReport(browser, new URL(address).hash);
    await appears(opened, `[data-detail="${missed?.id}"]`);
    expect(
      await opened.$eval('[data-field="session"]', (s) => (s as HTMLSelectElement).value),
    ).toBe(friday.id);
    await browser.leave(opened);
    const gone = await openReport(browser, '#login/gone');
    await until('that it is gone', () =>
      gone.evaluate(() =>
        document.querySelector('[role="status"]')?.textContent?.includes('no longer'),
      ),
    );
    await browser.leave(gone);
  });
});

/** Long enough not to be found in a hash by chance. */
const FIRST_USER = 412345678901;

describe('callback logs', () => {
  test('callback log: previewed, stored hashed, shown per day, imported once', async () => {
    await seed(browser, {});
    const log = [
      ...Array.from(
        { length: 14 },
        (_, i) =>
          `10.0.0.1 - - [22/Nov/2025:12:00:0${i % 10} +0000] "GET /cut?app_id=77&user_id=${FIRST_USER + i}&referrer_type=INCOMPLETE_SIGN_UP HTTP/1.1" 200 2`,
      ),
      'app_id=77&user_id=abc&referrer_type=INCOMPLETE_SIGN_UP',
      'app_id=77&user_id=5&referrer_type=SOMETHING',
      'GET /health 200',
    ].join('\n');
    for (const added of [14, 0]) {
      const page = await openReport(browser, '#import');
      await fill(page, 'callback-log', log);
      const bad = await until('the preview', () =>
        page.evaluate(() => {
          const found = [...document.querySelectorAll<HTMLElement>('[data-line]')];
          return found.length
            ? found.map((e) => `${e.dataset['line']} ${e.dataset['reason']}`)
            : null;
        }),
      );
      expect(bad).toEqual(['15 bad-user-id', '16 unknown-referrer-type']);
      await act(page, 'store-callbacks');
      const said = await until('the outcome', () =>
        page.evaluate(
          () =>
            document.querySelector<HTMLElement>('[data-testid="callback-import"] [role="status"]')
              ?.innerText,
        ),
      );
      expect(said).toContain(added ? '14' : 'Nothing new');
      await appears(page, '[data-testid="stored-callbacks"] [data-users="14"]');
      await browser.leave(page);
    }
    const stored = (await dump(browser))['observations'] ?? [];
    expect(stored.filter((o) => o['type'] === 'unlink-callback')).toHaveLength(14);
    expect(JSON.stringify(stored)).not.toContain(String(FIRST_USER).slice(0, -2));
    expect(stored[0]).toMatchObject({ source: 'callback', timeKnown: true });
  });

  test('callback log of many days: what is not listed is counted', async () => {
    await seed(browser, {});
    const day = (i: number) => new Date(Date.UTC(2025, 0, 1 + i, 12)).toISOString();
    const log = Array.from(
      { length: 201 },
      (_, i) => `${day(i)} app_id=77&user_id=${i + 1}&referrer_type=UNLINK_FROM_APPS`,
    );
    const page = await openReport(browser, '#import');
    const more = (list: string) =>
      page.$eval(`${list} > :last-child`, (e) => e.textContent).catch(() => null);
    await fill(page, 'callback-log', log.join('\n'));
    await appears(page, '[data-testid="log-preview"]');
    expect(await more('[data-testid="log-preview"] > ul')).toBe('141 more are not shown here.');
    await act(page, 'store-callbacks');
    await appears(page, '[data-testid="stored-callbacks"]');
    expect(await more('[data-testid="stored-callbacks"]')).toBe('1 more is not shown here.');
    await browser.leave(page);
  });
});

/** An A4 page's width between its margins of 14 mm, in CSS pixels. */
const PAPER = 688;

const printed = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLTableRowElement>('[data-testid="printed"] tbody tr')].map(
      (row) => [...row.cells].map((cell) => cell.textContent),
    ),
  );

describe('handing a session on', () => {
  beforeAll(() =>
    seed(browser, {
      ...sampleRows(Date.now()),
      sessions: [{ ...liveSession(Date.now()), tester: 'Jisoo', environment: 'staging' }],
    }),
  );

  test('print: every login that the filter shows, and no controls', async () => {
    const page = await openReport(browser, '', { width: PAPER, height: 900 });
    await page.bringToFront();
    await appears(page, '[data-row]');
    await page.select('[data-filter="verdict"]', 'pending');
    const shown = await until('the pending ones', async () => {
      const rows = await rowsOf(page);
      return rows.length === 4 && rows.every((r) => r.verdict === 'pending') ? rows : null;
    });
    await page.evaluate(() => document.querySelector<HTMLElement>('[data-row]')?.click());
    await appears(page, '[data-detail]');
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const rows = await printed(page);
    expect(rows).toHaveLength(shown.length);
    for (const [i, cells] of rows.entries()) {
      expect(shown[i]?.text).toContain(cells[3]);
      expect(cells.slice(0, -1)).not.toContain('');
    }
    const head = await page.evaluate(
      () => document.querySelector<HTMLElement>('[data-testid="printed"]')?.textContent ?? '',
    );
    expect(head).toContain('Jisoo');
    expect(head).toContain('staging');
    if (browserName === 'chromium') await lookAtPaper(page);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.$('[data-testid="printed"]')).toBeNull();
    await browser.leave(page);
  });

  // Only Chromium prints in a test, and shows a page as it would be on paper.
  test.runIf(browserName === 'chromium')(
    'the browser’s own printing makes the document',
    async () => {
      const page = await openReport(browser);
      await appears(page, '[data-row]');
      await page.evaluate(() =>
        addEventListener('beforeprint', () => {
          const rows = document.querySelectorAll('[data-testid="printed"] tbody tr').length;
          document.body.dataset['printedRows'] = String(rows);
        }),
      );
      const file = await page.pdf({ format: 'A4', preferCSSPageSize: true });
      expect(Buffer.from(file.subarray(0, 5)).toString()).toBe('%PDF-');
      expect(await page.evaluate(() => document.body.dataset['printedRows'])).toBe('12');
      expect(await page.$('[data-testid="printed"]')).toBeNull();
      await browser.leave(page);
    },
  );
});

/** How many pages an A4 print of a page has. */
async function pagesOf(page: Page): Promise<number> {
  const file = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  return (
    Buffer.from(file)
      .toString('latin1')
      .match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
  );
}

// Only Chromium prints in a test.
describe.runIf(browserName === 'chromium')('32 logins on paper', () => {
  const LOGINS = 32;
  const MOST_PAGES = 12;

  beforeAll(() => {
    const now = Date.now();
    // In turn: completed by another call, completed late, completed by user/me, never followed by a call.
    const logins = Array.from({ length: LOGINS }, (_, i) => {
      const hours = 76 - i;
      const site = `https://shop-${i}.example`;
      const call = (path: string, at: number) =>
        observe(api(path, 200), now - at * HOUR, { site, tab: `r:${hours}` });
      const calls = [
        call('/v1/api/talk/friends', hours - 1),
        call('/v2/user/me', hours - 30),
        call('/v2/user/me', hours - 1),
      ].slice(i % 4, (i % 4) + 1);
      return [...seenLogin(now, hours, site), ...calls];
    });
    return seed(browser, {
      ...storedRows(
        [observe({ type: 'watch', watched: true }, now - 90 * HOUR), ...logins.flat()].sort(
          (a, b) => a.at - b.at,
        ),
      ),
      sessions: [liveSession(now)],
    });
  });

  test('the HTML report takes at most twelve pages and tells each finding once', async () => {
    const page = await openReport(browser);
    const html = await exportedText(page, 'html');
    // The extension's own pages forbid the styles that stand in the file.
    await page.goto('about:blank');
    await page.setContent(html);
    expect(await page.$eval('section', (e) => getComputedStyle(e).breakInside)).toBe('avoid');
    expect(await page.$$eval('section', (all) => all.length)).toBeGreaterThan(LOGINS / 2);
    const told = await page.$$eval('ol', (all) => all.map((one) => one.innerText));
    expect(new Set(told).size).toBe(told.length);
    expect(await pagesOf(page)).toBeLessThanOrEqual(MOST_PAGES);
    await browser.leave(page);
  });

  test('the page’s own printing takes at most twelve pages and tells each finding once', async () => {
    const page = await openReport(browser);
    await until('all of them', async () => (await rowsOf(page)).length > 0);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await printed(page)).toHaveLength(LOGINS);
    const told = await page.$$eval('.printed-finding', (all) =>
      all.map((one) =>
        [...one.children]
          .slice(0, 3)
          .map((part) => part.textContent)
          .join(' '),
      ),
    );
    expect(told.length).toBeGreaterThan(2);
    expect(new Set(told).size).toBe(told.length);
    if (process.env['LINKWATCH_SHOTS']) {
      await page.emulateMediaType('print');
      await page.screenshot({
        path: `${process.env['LINKWATCH_SHOTS']}/paper-32.png` as `${string}.png`,
        fullPage: true,
      });
      await page.emulateMediaType('screen');
    }
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await pagesOf(page)).toBeLessThanOrEqual(MOST_PAGES);
    await browser.leave(page);
  });
});

async function lookAtPaper(page: Page): Promise<void> {
  await page.emulateMediaType('print');
  await page.evaluate(() => {
    document.body.style.background = '#fff';
  });
  const controls = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input, select, textarea, nav a')]
      .filter((e) => e.checkVisibility() && e.getClientRects().length > 0)
      .map((e) => e.outerHTML.slice(0, 100)),
  );
  expect(controls).toEqual([]);
  await expectNoOverflow(page, 'paper');
  const [broken, heads] = await page.evaluate(() => [
    [...document.querySelectorAll('.printed tr')].filter(
      (tr) => getComputedStyle(tr).breakInside !== 'avoid',
    ).length,
    getComputedStyle(document.querySelector('.printed thead') as Element).display,
  ]);
  expect(broken).toBe(0);
  expect(heads).toBe('table-header-group');
  if (process.env['LINKWATCH_SHOTS'])
    await page.screenshot({
      path: `${process.env['LINKWATCH_SHOTS']}/paper.png` as `${string}.png`,
      fullPage: true,
    });
  await page.emulateMediaType('screen');
}

test('login that is surely complete: its scale has no time in which the link may be cut', async () => {
  const now = Date.now();
  const login = [...seenLogin(now, 3), observe(api('/v2/user/me'), now - 2 * HOUR, { tab: 'r:3' })];
  const isBandShown = async (...more: Observation[]) => {
    await seed(browser, { ...storedRows([...more, ...login]), sessions: [liveSession(now)] });
    const page = await openReport(browser);
    await appears(page, '[data-row][data-verdict="complete"]');
    await page.$eval('[data-row]', (row) => (row as HTMLElement).click());
    await appears(page, '.scale .window');
    const shown = [await has(page, '.scale .cut-band'), await has(page, '.scale .key-band')];
    await browser.leave(page);
    return shown;
  };
  expect(await isBandShown()).toEqual([true, true]);
  const auto = observe({ type: 'app', clientId: APP, linkMode: 'auto' }, now - 4 * HOUR);
  expect(await isBandShown(auto)).toEqual([false, false]);
});
