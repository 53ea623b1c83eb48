import type { Page } from 'puppeteer-core';
import { until } from './browser/until.ts';

/** Whether an element is enabled, in view, at rest, and not covered where a click would go. Scrolls it into view. */
async function isReady(element: Element): Promise<boolean> {
  if (!element.checkVisibility() || element.matches(':disabled')) return false;
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const place = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height].join();
  };
  const before = place();
  await frame();
  await frame();
  if (!element.isConnected || place() !== before) return false;
  const { x, y, width, height } = element.getBoundingClientRect();
  const hit = document.elementFromPoint(x + width / 2, y + height / 2);
  return hit !== null && (element.contains(hit) || hit.contains(element));
}

/**
 * Clicks the first element that a selector finds, the way a person does, so that the browser may be asked for
 * permissions. Waits until the element is there and can be clicked; with `count` 3 a text field's text is selected.
 */
export async function click(page: Page, selector: string, count = 1): Promise<void> {
  await page.bringToFront();
  await until(`${selector} to be clickable`, async () => {
    const element = await page.$(selector);
    if (!element || !(await page.evaluate(isReady, element))) return false;
    // Where the element is replaced right now this fails before anything is clicked.
    await element.click({ count });
    return true;
  });
}

/** Clicks the control that does something (`data-action`), the way a person does. */
export function clickAction(page: Page, action: string): Promise<void> {
  return click(page, `[data-action="${action}"]`);
}

/** Whether a page has an element that a selector finds. */
export function has(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((s) => document.querySelector(s) !== null, selector);
}

/** Waits until a page has an element that a selector finds. */
export async function appears(page: Page, selector: string): Promise<void> {
  await until(selector, () => has(page, selector));
}

/** Waits until a page no longer has an element that a selector finds. */
export async function disappears(page: Page, selector: string): Promise<void> {
  await until(`${selector} to go`, async () => !(await has(page, selector)));
}

/** Opens the first `<details>` that a selector finds, however often the page replaces it meanwhile. */
export async function openDetails(page: Page, selector: string): Promise<void> {
  await until(`${selector} to be open`, () =>
    page.evaluate((s) => {
      const details = document.querySelector<HTMLDetailsElement>(s);
      if (details && !details.open) details.querySelector('summary')?.click();
      return details?.open ?? false;
    }, selector),
  );
}

/** Opens every `<details>` of a page, those within others included. */
export async function openAllDetails(page: Page): Promise<void> {
  await until('everything to be open', () =>
    page.evaluate(() => {
      const closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
      for (const details of closed) details.querySelector('summary')?.click();
      return closed.length === 0;
    }),
  );
}

/** Types a text into a field in place of what is there, the way a person does, and leaves it with Enter. */
export async function typeInto(page: Page, selector: string, text: string): Promise<void> {
  // A page that is just being drawn anew may take the keys from the field.
  await until(`${selector} to hold the text`, async () => {
    await click(page, selector, 3);
    await page.keyboard.press('Backspace');
    if (text) await page.keyboard.type(text);
    return page.evaluate(
      (s, wanted) => document.querySelector<HTMLInputElement>(s)?.value === wanted,
      selector,
      text,
    );
  });
  await page.keyboard.press('Enter');
}
