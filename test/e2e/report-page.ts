import type { Page } from 'puppeteer-core';
import type { PageLook, TestBrowser } from './browser/contract.ts';
import { until } from './browser/until.ts';
import { appears } from './page-actions.ts';

/** The toolbar's menu that holds the exports. */
export const EXPORT_MENU = '[data-testid="export-menu"]';

/** Opens the report page in a tab and waits until its data is on the screen. */
export async function openReport(
  browser: TestBrowser,
  part = '',
  look: PageLook = { width: 1200, height: 900 },
): Promise<Page> {
  const page = await browser.openExtensionPage(`report.html${part}`, look);
  await until('the report page', () =>
    page.evaluate(() => document.body.dataset['ready'] === 'true'),
  );
  return page;
}

/** Presses the export of a format, once it is there, and returns the text of the file it hands out. */
export async function exportedText(report: Page, format = 'json'): Promise<string> {
  await appears(report, `[data-export="${format}"]`);
  return report.evaluate(
    (wanted) =>
      new Promise<string>((done, fail) => {
        const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (blob) => {
          URL.createObjectURL = make;
          void (blob as Blob).text().then(done);
          return make(blob);
        };
        const control = document.querySelector<HTMLElement>(`[data-export="${wanted}"]`);
        if (control) control.click();
        else fail(new Error(`no export ${wanted}`));
      }),
    format,
  );
}

/** A row of the table as it stands in the document. */
export interface TableRow {
  id: string;
  verdict: string;
  text: string;
}

/** The rows that are in the document now, in order. */
export function rowsOf(page: Page): Promise<TableRow[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-row]')]
      .sort((a, b) => Number(a.dataset['index']) - Number(b.dataset['index']))
      .map((row) => ({
        id: row.dataset['row'] ?? '',
        verdict: row.dataset['verdict'] ?? '',
        text: row.innerText,
      })),
  );
}

/** How many logins the summary says have which verdict. */
export function countsOf(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-testid="summary"] [data-count]')].map(
        (e) => [e.dataset['verdict'] ?? '', Number(e.dataset['count'])],
      ),
    ),
  );
}

/** Hands files to a file field, as if they had been chosen, once the field is there. */
export async function choose(
  page: Page,
  field: string,
  files: { name: string; text: string }[],
): Promise<void> {
  await appears(page, `[data-field="${field}"]`);
  await page.evaluate(
    (name, given) => {
      const input = document.querySelector<HTMLInputElement>(`[data-field="${name}"]`);
      if (!input) throw new Error(`no field ${name}`);
      const chosen = new DataTransfer();
      for (const file of given) chosen.items.add(new File([file.text], file.name));
      input.files = chosen.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    field,
    files,
  );
}

/** Presses a control that does something (`data-action`) without a person's click, once it is there and enabled. */
export async function act(page: Page, action: string): Promise<void> {
  const selector = `[data-action="${action}"]`;
  await until(`the control ${action}`, () =>
    page.evaluate((s) => document.querySelector(s)?.matches(':enabled') ?? false, selector),
  );
  await page.evaluate((s) => document.querySelector<HTMLElement>(s)?.click(), selector);
}

/** Writes a text into a field, as typing would, once the field is there. */
export async function fill(page: Page, field: string, text: string): Promise<void> {
  await appears(page, `[data-field="${field}"]`);
  await page.evaluate(
    (name, value) => {
      const input = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(
        `[data-field="${name}"]`,
      );
      if (!input) throw new Error(`no field ${name}`);
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true }));
      input.dispatchEvent(new FocusEvent('blur'));
    },
    field,
    text,
  );
}
