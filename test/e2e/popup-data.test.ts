import { expect, test } from 'vitest';
import { newApp } from '../../utils/model/app.ts';
import type { VerdictName } from '../../utils/model/verdict.ts';
import { verdictOf } from '../../utils/verdict/verdict.ts';
import { fill, MANY, manyRows } from '../bench/many-logins.ts';
import { timePopup } from '../bench/popup-time.ts';
import { until } from './browser/until.ts';
import { SITES } from './inside.ts';
import { inEachBrowser } from './lab.ts';
import { openPopup } from './popup.ts';
import { earlier } from './seed.ts';

/** How many of the many logins have each verdict at an instant (epoch ms), judged one by one. */
function expected(made: number, now: number): Record<'open' | 'attention' | 'done', number> {
  const { logins } = manyRows(made);
  const sections = { open: 0, attention: 0, done: 0 };
  const attention: VerdictName[] = ['missed', 'unseen', 'late'];
  for (let i = 0; i < MANY; i += 1) {
    const like = logins[i % logins.length];
    if (!like) continue;
    const { verdict } = verdictOf(like, newApp(like.clientId), now + earlier(i));
    if (verdict === 'pending') sections.open += 1;
    else sections[attention.includes(verdict) ? 'attention' : 'done'] += 1;
  }
  return sections;
}

inEachBrowser('with 10,000 logins', { grants: [SITES.page] }, (lab) => {
  test('the popup shows the right sections and counts, and opens quickly', async () => {
    const made = Date.now();
    await fill(lab.browser, MANY, made);
    expect(await lab.browser.workerRuns()).toBe(false);
    const page = await openPopup(lab.browser, SITES.page);
    const counts = await page.evaluate(() =>
      Object.fromEntries(
        ['open', 'attention', 'done'].map((name) => [
          name,
          Number(document.querySelector(`[data-testid="${name}"] .count`)?.textContent),
        ]),
      ),
    );
    const wanted = expected(made, Date.now());
    expect(counts).toEqual(wanted);
    expect(wanted.open + wanted.attention + wanted.done).toBe(MANY);
    await until('all cards of the first reading', () =>
      page.evaluate(() => document.querySelectorAll('[data-login-id]').length === 100),
    );
    const verdicts = await page.evaluate(() =>
      ['open', 'attention'].map((name) => {
        const cards = document.querySelectorAll<HTMLElement>(
          `[data-testid="${name}"] [data-verdict]`,
        );
        return [...new Set([...cards].map((c) => c.dataset['verdict'] ?? ''))].sort();
      }),
    );
    expect(verdicts[0]).toEqual(['pending']);
    expect(verdicts[1]?.length).toBeGreaterThan(0);
    for (const v of verdicts[1] ?? []) expect(['late', 'missed', 'unseen']).toContain(v);
    expect(await lab.browser.workerRuns()).toBe(false);
    await page.close();

    const { data } = await timePopup(lab.browser, await lab.browser.newPage(SITES.page));
    console.log(`${lab.browser.name}: the popup’s data after ${data.toFixed(0)} ms`);
    expect(data).toBeLessThan(5000);
  });
});
