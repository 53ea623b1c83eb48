import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { until } from './browser/until.ts';

const NONE = { scrolls: false, cut: [] as string[], squeezed: [] as string[] };

/**
 * Whether the page scrolls sideways, the elements that reach beyond the window's width or cut off what they hold, and texts in
 * columns of a few letters: four lines or more, none wider than three and a half times the font's size.
 */
function overflow(page: Page): Promise<typeof NONE> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const shown = [...document.querySelectorAll<HTMLElement>('body *')].filter(
      (e) =>
        e.offsetParent !== null &&
        e.checkVisibility() &&
        e.closest('.sr-only') === null &&
        getComputedStyle(e).clipPath === 'none',
    );
    const isCut = (e: HTMLElement) => {
      const { left, right } = e.getBoundingClientRect();
      const inner =
        e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible';
      return right > width + 0.5 || left < -0.5 || (inner && e.tagName !== 'INPUT');
    };
    const isSqueezed = (e: HTMLElement) =>
      [...e.childNodes].some((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        const lines = text instanceof Text ? [...range.getClientRects()] : [];
        const widest = Math.max(...lines.map((line) => line.width));
        return lines.length > 3 && widest < 3.5 * parseFloat(getComputedStyle(e).fontSize);
      });
    const named = (elements: HTMLElement[]) => elements.map((e) => e.outerHTML.slice(0, 120));
    return {
      scrolls: (document.scrollingElement?.scrollWidth ?? 0) > window.innerWidth,
      cut: named(shown.filter(isCut)),
      squeezed: named(shown.filter(isSqueezed)),
    };
  });
}

/** Expects that nothing is cut off, squeezed or reaches out of the window, once the page has come to rest. */
export async function expectNoOverflow(page: Page, state: string): Promise<void> {
  let last = NONE;
  const fits = async () => {
    last = await overflow(page);
    return !last.scrolls && last.cut.length + last.squeezed.length === 0;
  };
  await until('everything to fit', fits, 5000).catch(() => {});
  expect(last, state).toEqual(NONE);
}
