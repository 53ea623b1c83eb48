import type { Page } from 'puppeteer-core';
import type { PageLook, TestBrowser } from './browser/contract.ts';
import { until } from './browser/until.ts';
import { changeCount } from './extension-api.ts';

/** What a login's card in the popup says. */
export interface Card {
  id: string;
  site: string;
  verdict: string;
  certainty: string;
  visibility: string;
  isPrivate: boolean;
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
  await until('the popup', () => isReady(page));
  return page;
}

/** Whether the stored data is on the screen, in a page that is not just being left. */
const isReady = (page: Page) =>
  page.evaluate(() => {
    const { ready, left } = document.body?.dataset ?? {};
    return ready === 'true' && !left;
  });

/** Reads every card with its details, those with nothing to do included, in the order shown. */
export async function readCards(page: Page): Promise<Card[]> {
  await until('the done logins', () =>
    page.evaluate(() => {
      const done = document.querySelector<HTMLDetailsElement>('[data-testid="done"]');
      if (done && !done.open) done.querySelector('summary')?.click();
      return !done || done.querySelector('[data-login-id]') !== null;
    }),
  );
  await until('the details', () =>
    page.evaluate(() => {
      const cards = [...document.querySelectorAll<HTMLElement>('[data-login-id] > details')];
      for (const card of cards)
        if (!(card as HTMLDetailsElement).open) card.querySelector('summary')?.click();
      return cards.every((card) => card.querySelector('.login-details') !== null);
    }),
  );
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-login-id]')].map((card) => ({
      id: card.dataset['loginId'] ?? '',
      site: card.querySelector('.site-name')?.textContent ?? '',
      verdict: card.dataset['verdict'] ?? '',
      certainty: card.dataset['certainty'] ?? '',
      isPrivate: card.hasAttribute('data-private'),
      visibility: card.dataset['visibility'] ?? '',
      text: card.innerText,
    })),
  );
}

/** The verdicts of cards, in their order. */
export const verdictsOf = (cards: readonly Card[]): string[] => cards.map((c) => c.verdict);

interface KeptPopup {
  page: Page;
  /** How many changes there had been when its page was loaded. */
  changes: number;
}

const keptPopups = new WeakMap<TestBrowser, KeptPopup>();

/** The popup that `cardsWhen` reads, where it has been opened. */
export const keptPopup = (browser: TestBrowser): Page | undefined => keptPopups.get(browser)?.page;

/** The kept popup, opened or loaded anew where it may be out of date: it shows by itself what traffic changes. */
async function freshPopup(browser: TestBrowser): Promise<Page> {
  const kept = keptPopups.get(browser);
  const changes = changeCount();
  if (kept && !(await isReady(kept.page).catch(() => false))) keptPopups.delete(browser);
  else if (kept?.changes === changes) return kept.page;
  else if (kept) {
    kept.changes = changes;
    await kept.page.evaluate(() => {
      // What is left may show another change until it is gone.
      document.body.dataset['left'] = 'true';
      location.reload();
    });
    await until('the popup', () => isReady(kept.page));
    return kept.page;
  }
  const page = await openPopup(browser);
  keptPopups.set(browser, { page, changes });
  return page;
}

/** Waits until the popup's cards satisfy a condition; returns them in the order shown. */
export async function cardsWhen(
  browser: TestBrowser,
  ready: (cards: Card[]) => boolean,
): Promise<Card[]> {
  const page = await freshPopup(browser);
  let cards: Card[] = [];
  try {
    await until('the cards', async () => ready((cards = await readCards(page))));
    return cards;
  } catch (error) {
    throw new Error(`The popup shows ${JSON.stringify(cards, null, 2)}`, { cause: error });
  }
}
