import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { until } from './browser/until.ts';

const NONE = { scrolls: false, cut: [] as string[] };

/** Elements that reach beyond the window's width or cut off what they hold, and whether the page scrolls sideways. */
function overflow(page: Page): Promise<typeof NONE> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const cut = [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((e) => {
        const { left, right } = e.getBoundingClientRect();
        const hidden =
          e.closest('.sr-only') !== null || e.offsetParent === null || !e.checkVisibility();
        const inner =
          e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible';
        return !hidden && (right > width + 0.5 || left < -0.5 || (inner && e.tagName !== 'INPUT'));
      })
      .map((e) => e.outerHTML.slice(0, 120));
    return { scrolls: (document.scrollingElement?.scrollWidth ?? 0) > window.innerWidth, cut };
  });
}

/** Expects that nothing is cut off or reaches out of the window, once the page has come to rest. */
export async function expectNoOverflow(page: Page, state: string): Promise<void> {
  let last = NONE;
  const fits = async () => {
    last = await overflow(page);
    return !last.scrolls && last.cut.length === 0;
  };
  await until('everything to fit', fits, 5000).catch(() => {});
  expect(last, state).toEqual(NONE);
}
