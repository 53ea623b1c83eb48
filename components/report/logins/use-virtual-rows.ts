import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

/** The height of a row in px before it is measured. */
const ROW_HEIGHT = 34;

/**
 * Tells which rows of a long list are in sight of its scrolling element, so that only those are put into the document.
 * `headerHeight` is the height in px of what stays on top of them.
 */
export function useVirtualRows(
  count: number,
  scroller: RefObject<HTMLElement | null>,
  keyOf: (index: number) => string,
  headerHeight: number,
): Virtualizer<HTMLElement, HTMLElement> {
  const [, renderAgain] = useReducer((n: number) => n + 1, 0);
  const options = {
    count,
    getItemKey: keyOf,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    scrollToFn: elementScroll<HTMLElement>,
    observeElementRect: observeElementRect<HTMLElement>,
    observeElementOffset: observeElementOffset<HTMLElement>,
    onChange: () => renderAgain(0),
  };
  const [virtual] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtual.setOptions(options);
  useLayoutEffect(() => virtual._didMount(), [virtual]);
  useLayoutEffect(() => virtual._willUpdate());
  return virtual;
}
