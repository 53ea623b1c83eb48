import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { until } from './browser/until.ts';
import { inEachBrowser } from './lab.ts';
import { act, choose, countsOf, fill, openReport, rowsOf } from './report-page.ts';
import { seed } from './seed.ts';

const CASES = ['v2-me', 'v2-no-call', 'server-dark-me', 'v2-manual-signup', 'server-timing-me'];
const fileOf = (name: string) => new URL(`../cases/${name}`, import.meta.url);
const textOf = (name: string) => readFileSync(fileOf(name), 'utf8');

interface Expected {
  logins: { at1h: string; at30h: string }[];
}
const loginAt = (har: string) =>
  Date.parse(
    (JSON.parse(har) as { log: { entries: { startedDateTime: string }[] } }).log.entries[0]
      ?.startedDateTime ?? '',
  );

inEachBrowser('HAR files in the page', {}, (lab) => {
  beforeAll(() => seed(lab.browser, {}));

  test.each(CASES)('%s is judged as expected at two instants', async (name) => {
    const text = textOf(`${name}.har`);
    const expected = JSON.parse(textOf(`${name}.expect.json`)) as Expected;
    const page = await openReport(lab.browser, '#import');
    await choose(page, 'files', [{ name: `${name}.har`, text }]);
    await until('the file', () => page.$('[data-file]'));
    await act(page, 'show-files');
    for (const [hours, of] of [
      [1, 'at1h'],
      [30, 'at30h'],
    ] as const) {
      await until('the field', () => page.$('[data-field="judged-at"]'));
      const at = loginAt(text) + hours * 3_600_000;
      const local = await page.evaluate((ms) => {
        const shifted = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
        return shifted.toISOString().slice(0, 19);
      }, at);
      await fill(page, 'judged-at', local);
      const wanted = expected.logins.map((l) => l[of]).sort();
      await until(`the verdicts of ${of}`, async () => {
        const found = (await rowsOf(page)).map((r) => r.verdict).sort();
        return JSON.stringify(found) === JSON.stringify(wanted);
      });
    }
    await page.close();
  });

  test('a large HAR is read while the page stays free, and can be given up', async () => {
    const page = await openReport(lab.browser, '#import');
    const measured = await page.evaluate(async () => {
      const filler = 'x'.repeat(1_000_000);
      const entry = (i: number) =>
        `{"startedDateTime":"2026-01-01T00:00:00.000Z","time":1,"request":{"method":"GET","url":"https://cdn.test/${i}","headers":[]},"response":{"status":200,"headers":[],"content":{"text":"${filler}","mimeType":"text/plain"}}}`;
      const parts: string[] = [
        '{"log":{"version":"1.2","creator":{"name":"t","version":"1"},"entries":[',
      ];
      for (let i = 0; i < 120; i += 1) parts.push((i ? ',' : '') + entry(i));
      parts.push(']}}');
      const chosen = new DataTransfer();
      chosen.items.add(new File(parts, 'large.har'));
      const input = document.querySelector<HTMLInputElement>('[data-field="files"]');
      if (!input) throw new Error('no field');
      input.files = chosen.files;
      let longest = 0;
      let last = performance.now();
      const beat = setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }, 10);
      input.dispatchEvent(new Event('change', { bubbles: true }));
      const from = performance.now();
      while (!document.querySelector('[data-file]') && performance.now() - from < 60_000)
        await new Promise((done) => setTimeout(done, 50));
      clearInterval(beat);
      return { longest, took: performance.now() - from, bytes: chosen.files[0]?.size ?? 0 };
    });
    console.log(`${lab.browser.name}: ${JSON.stringify(measured)}`);
    expect(await page.$('[data-file="large.har"]')).not.toBeNull();
    expect(measured.longest).toBeLessThan(1000);
    await page.close();
  }, 120_000);

  test('says what is wrong with a file and changes nothing', async () => {
    const page = await openReport(lab.browser, '#import');
    await choose(page, 'files', [
      { name: 'empty.har', text: '' },
      { name: 'other.json', text: '{"a":1}' },
    ]);
    await until(
      'both complaints',
      async () => (await page.$$('[data-reading="failed"]')).length === 2,
    );
    expect(await page.$('[data-file]')).toBeNull();
    expect(Object.values(await countsOf(page))).toEqual([]);
    await page.close();
  });
});
