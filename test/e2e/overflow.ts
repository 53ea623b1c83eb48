import type { Page } from 'puppeteer-core';

/** Elements that reach beyond the window's width or cut off what they hold, and whether the page scrolls sideways. */
export function overflow(page: Page): Promise<{ scrolls: boolean; cut: string[] }> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const cut = [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((e) => {
        const { left, right } = e.getBoundingClientRect();
        const hidden = e.closest('.sr-only') !== null || e.offsetParent === null;
        const inner =
          e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible';
        return !hidden && (right > width + 0.5 || left < -0.5 || (inner && e.tagName !== 'INPUT'));
      })
      .map((e) => e.outerHTML.slice(0, 120));
    return { scrolls: (document.scrollingElement?.scrollWidth ?? 0) > window.innerWidth, cut };
  });
}
