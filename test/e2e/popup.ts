import type { Page } from 'puppeteer-core';
import type { PageLook, TestBrowser } from './browser/contract.ts';
import { until } from './browser/until.ts';

/** What a login's card in the popup says. */
export interface Card {
  id: string;
  site: string;
  verdict: string;
  certainty: string;
  visibility: string;
  text: string;
}

/** Opens the popup for a site, in a tab, and waits until its data is on the screen. */
export async function openPopup(
  browser: TestBrowser,
  site: string | null = null,
  look: PageLook = { width: 400, height: 600 },
): Promise<Page> {
  const query = site ? `?site=${encodeURIComponent(site)}` : '';
  const page = await browser.openExtensionPage(`popup.html${query}`, look);
  await until('the popup', () => page.evaluate(() => document.body.dataset['ready'] === 'true'));
  return page;
}

/** Reads every card, those under “Done” included, in the order shown. */
export async function readCards(page: Page): Promise<Card[]> {
  await until('the done logins', () =>
    page.evaluate(() => {
      const done = document.querySelector<HTMLDetailsElement>('[data-testid="done"]');
      if (done && !done.open) done.querySelector('summary')?.click();
      return !done || done.querySelector('[data-login-id]') !== null;
    }),
  );
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-login-id]')].map((card) => ({
      id: card.dataset['loginId'] ?? '',
      site: card.querySelector('.site-name')?.textContent ?? '',
      verdict: card.dataset['verdict'] ?? '',
      certainty: card.dataset['certainty'] ?? '',
      visibility: card.dataset['visibility'] ?? '',
      text: card.innerText,
    })),
  );
}

/** Opens the popup and waits until its cards satisfy a condition; returns them in the order shown. */
export async function cardsWhen(
  browser: TestBrowser,
  ready: (cards: Card[]) => boolean,
): Promise<Card[]> {
  const page = await openPopup(browser);
  let cards: Card[] = [];
  try {
    await until('the cards', async () => ready((cards = await readCards(page))));
    return cards;
  } catch (error) {
    throw new Error(`The popup shows ${JSON.stringify(cards, null, 2)}`, { cause: error });
  } finally {
    await page.close();
  }
}
