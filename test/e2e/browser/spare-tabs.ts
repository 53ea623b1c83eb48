import type { Page } from 'puppeteer-core';

/** Tabs do not change between the two: a browser shows pages of an extension in a process of their own. */
export type TabKind = 'web' | 'extension';

/** How many tabs of a kind are kept. Tests rarely have more open at once. */
const MOST = 3;

/** Tabs that tests have left, for the next ones. */
export class SpareTabs {
  readonly #kinds = new WeakMap<Page, TabKind>();
  readonly #spare: Record<TabKind, Page[]> = { web: [], extension: [] };

  /** A spare tab in front, or else one that `open` makes. */
  async take(kind: TabKind, open: () => Promise<Page>): Promise<Page> {
    const spare = this.#spare[kind].pop();
    const page = spare ?? (await open());
    this.#kinds.set(page, kind);
    await spare?.bringToFront();
    return page;
  }

  /**
   * Keeps a tab that `take` gave out once `empty` has brought it to an address where nothing runs; closes it where it
   * came from elsewhere, or where enough are kept.
   */
  async put(page: Page, empty: (page: Page, kind: TabKind) => Promise<unknown>): Promise<void> {
    const kind = this.#kinds.get(page);
    if (!kind || this.#spare[kind].length >= MOST) return page.close();
    await empty(page, kind);
    this.#spare[kind].push(page);
  }

  /** Whether a tab waits to be used. */
  has(page: Page): boolean {
    return Object.values(this.#spare).some((pages) => pages.includes(page));
  }

  /** Forgets all of them, as they ended with their browser. */
  clear(): void {
    this.#spare.web = [];
    this.#spare.extension = [];
  }
}

/** An address of a site where nothing runs: its server knows no such page. */
export const NOTHING = '/nothing-here';

/** Brings a tab from a site to nothing of the same one, and forgets what its pages left in the tab. */
export async function leaveSite(page: Page): Promise<void> {
  if (!page.url().startsWith('https:')) return;
  await page.goto(new URL(NOTHING, page.url()).href);
  await page.evaluate(() => sessionStorage.clear());
}
