import { beforeEach, describe, expect, test } from 'vitest';
import { GLOSSARY } from '../../../utils/guidance/glossary.ts';
import { GUIDE } from '../../../utils/guidance/guide.ts';
import type { Finding } from '../../../utils/guidance/rule.ts';
import { RULES } from '../../../utils/guidance/rules/index.ts';
import { runRules } from '../../../utils/guidance/run-rules.ts';
import { KOE_ERRORS } from '../../../utils/kakao/koe-errors.ts';
import type { App } from '../../../utils/model/app.ts';
import type { Login } from '../../../utils/model/login.ts';
import type { AttributedObservation } from '../../../utils/model/observation.ts';
import { createLoginState, type Tracking } from '../../../utils/verdict/state/login-state.ts';
import { APPS } from '../../emulator/index.ts';
import { until } from '../browser/until.ts';
import { command, dump, HOUR, advanceTime } from '../extension-api.ts';
import { browser, emulator, resetAll, useBrowser } from '../fixtures.ts';
import { logIn, press, pressAndWait } from '../login-steps.ts';
import { appears, clickAction, openDetails } from '../page-actions.ts';
import { openPopup } from '../popup.ts';
import { openReport } from '../report-page.ts';
import { SITES } from '../sites.ts';

/** Guidance on everything that the extension has recorded, worked out outside of it. */
async function guidance(): Promise<Finding[]> {
  const stored = await dump(browser);
  const rows = <T>(name: string) => (stored[name] ?? []) as unknown as T[];
  const loginState = createLoginState();
  for (const l of rows<Login>('logins').sort((a, b) => a.ordinal - b.ordinal))
    loginState.logins.set(l.id, l);
  for (const a of rows<App>('apps')) loginState.apps.set(a.clientId, a);
  loginState.tracking =
    rows<Tracking>('meta').find((m) => Object.hasOwn(Object(m), 'flows')) ?? loginState.tracking;
  return runRules(
    { loginState, observations: rows<AttributedObservation>('observations') },
    Date.now(),
  );
}

/** Waits until guidance says something; gives that finding. */
async function expectFinding(rule: string): Promise<Finding> {
  let all: Finding[] = [];
  try {
    return await until(
      rule,
      async () => (all = await guidance()).find((f) => f.rule === rule) ?? null,
    );
  } catch (error) {
    throw new Error(`Guidance says ${JSON.stringify(all.map((f) => f.rule))}`, { cause: error });
  }
}

const causes = (finding: Finding) => finding.causes.map(([key]) => key.split('.').at(-1));

useBrowser({ grants: Object.values(SITES) });

describe('guidance', () => {
  beforeEach(() => resetAll());

  /** Kakao asked for the account again, so only the tester can say that it is the same. */
  const nameAll = async (label: string) => {
    for (const { id } of (await dump(browser))['logins'] ?? [])
      await command(browser, { type: 'label', login: String(id), label });
  };

  test('finding of a missed login: opened, silenced and brought back in the popup', async () => {
    const page = await browser.newPage();
    await logIn(page, SITES.page, { account: 'alice' });
    await pressAndWait(page, 'scopes');
    await expectFinding('uncounted-only');
    await advanceTime(browser, 25 * HOUR);
    const popup = await openPopup(browser);
    const worst = () =>
      popup.evaluate(() => {
        const line = document.querySelector<HTMLElement>(
          '[data-verdict="missed"] .findings > details > summary .finding-line',
        );
        return line && { rule: line.dataset['finding'], text: line.innerText };
      });
    await openDetails(popup, '[data-login-id] > details');
    const line = await until('the finding', async () => {
      const shown = await worst();
      return shown?.rule === 'uncounted-only' ? shown : null;
    });
    expect(line.text).toContain('GET /v2/user/scopes');
    const opened = await until('the findings', () =>
      popup.evaluate(() => {
        const one = document.querySelector<HTMLDetailsElement>('[data-rule="uncounted-only"]');
        if (!one) return null;
        one.open = true;
        const texts = [...one.querySelectorAll('li')].map((li) => li.innerText);
        return { steps: texts, links: [...one.querySelectorAll('a')].map((a) => a.href) };
      }),
    );
    expect(opened.steps[0]).toContain('GET /v2/user/me');
    expect(opened.links[0]).toMatch(/^https:\/\/(devtalk|developers)\.kakao\.com\//);
    await clickAction(popup, 'silence');
    await until('the next finding', async () => (await worst())?.rule === 'window-passed');
    await openDetails(popup, '[data-testid="silenced"]');
    await openDetails(popup, '[data-testid="silenced"] [data-rule="uncounted-only"]');
    await clickAction(popup, 'bring-back');
    await until('the finding again', async () => (await worst())?.rule === 'uncounted-only');
    await browser.leave(popup);
    await browser.leave(page);
  });

  test('Guide without any login: tree, glossary, rules, and codes with a search', async () => {
    const page = await openReport(browser, '#guide/koe');
    await appears(page, '#guide-koe tbody td');
    const shown = await page.evaluate(() => ({
      parts: [...document.querySelectorAll('[data-testid="guide"] > section')].map((s) => s.id),
      questions: document.querySelectorAll('#guide-tree b').length,
      answers: document.querySelectorAll('#guide-tree li').length,
      words: document.querySelectorAll('#guide-glossary tbody tr').length,
      rules: [...document.querySelectorAll<HTMLElement>('#guide-rules [data-rule]')].map(
        (rule) => rule.dataset['rule'],
      ),
    }));
    expect(shown).toEqual({
      parts: ['first', ...GUIDE.map((s) => s.id)].map((id) => `guide-${id}`),
      questions: 2,
      answers: 5,
      words: GLOSSARY.length,
      rules: RULES.map((r) => r.id),
    });
    const codes = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('#guide-koe tbody td:first-child')].map((c) => c.textContent),
      );
    expect(await codes()).toHaveLength(KOE_ERRORS.length);
    await page.evaluate(() => {
      const search = document.querySelector<HTMLInputElement>('#guide-koe [type="search"]');
      if (!search) throw new Error('no search');
      search.value = 'koe320';
      search.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await until('the code', async () => (await codes()).join() === 'KOE320');
    await browser.leave(page);
  });

  // Every rule's own flow is played in test/unit/guidance/flows.
  describe('findings in real traffic', () => {
    test('a refused call, whose code the browser does not show', async () => {
      const page = await browser.newPage();
      await logIn(page, SITES.page, { account: 'carol' });
      emulator.answerNext('/v1/api/talk/friends', { status: 403, code: -402 });
      await pressAndWait(page, 'friends');
      expect(causes(await expectFinding('forbidden-unknown'))[0]).toBe('code_402');
      emulator.answerNext('/v2/user/me', { status: 401, code: -401 });
      await pressAndWait(page, 'me');
      expect((await expectFinding('token-refused')).title[1]).toEqual(['`GET /v2/user/me`']);
      await browser.leave(page);
    });

    test('consent again after an incomplete login, and after an unlink', async () => {
      const page = await browser.newPage();
      await logIn(page, `${SITES.page}/?app=${APPS.floating}`, { account: 'dave' });
      await expectFinding('no-call-yet');
      await advanceTime(browser, 26 * HOUR);
      emulator.advance(26 * HOUR);
      expect(await emulator.runDailyJob()).toBeGreaterThan(0);
      await logIn(page, `${SITES.page}/?app=${APPS.floating}`, { account: 'dave' });
      await until('both logins', async () => (await dump(browser))['logins']?.length === 2);
      await nameAll('dave');
      expect(causes(await expectFinding('consent-again'))[0]).toBe('incomplete_before');
      emulator.advance(-26 * HOUR);
      await command(browser, { type: 'clear' });
      await logIn(page, SITES.page2, { account: 'dave' });
      await pressAndWait(page, 'unlink');
      await expectFinding('unlink-as-logout');
      await logIn(page, SITES.page2, { account: 'dave' });
      expect(causes(await expectFinding('consent-again'))[0]).toBe('unlinked_by_service');
      await browser.leave(page);
    });

    test('an error page: shown in the popup by itself, since there is no login to put it beside', async () => {
      const page = await browser.newPage(`${SITES.page}/?app=${APPS.off}`);
      await press(page, 'login');
      expect(causes(await expectFinding('error-page-unknown'))).toContain('koe004');
      const popup = await openPopup(browser);
      const shown = () =>
        popup.evaluate(() => {
          const worst = '[data-testid="app-findings"] > summary .finding-line';
          return document.querySelector<HTMLElement>(worst)?.dataset['finding'];
        });
      await until('the finding', async () => (await shown()) === 'error-page-unknown');
      await browser.leave(popup);
      await browser.leave(page);
    });
  });
});
