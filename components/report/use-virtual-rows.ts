import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';
import type { RefObject } from 'preact';

const ROW = 34;

/**
 * The rows of a long list that are in sight of its scrolling element; only those are to be in the document. `head` is
 * the height in px of what stays on top of them.
 */
export function useVirtualRows(
  count: number,
  scroller: RefObject<HTMLElement | null>,
  keyOf: (index: number) => string,
  head: number,
): Virtualizer<HTMLElement, HTMLElement> {
  const [, again] = useReducer((n: number) => n + 1, 0);
  const options = {
    count,
    getItemKey: keyOf,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    scrollMargin: head,
    scrollPaddingStart: head,
    scrollToFn: elementScroll<HTMLElement>,
    observeElementRect: observeElementRect<HTMLElement>,
    observeElementOffset: observeElementOffset<HTMLElement>,
    onChange: () => again(0),
  };
  const [virtual] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtual.setOptions(options);
  useLayoutEffect(() => virtual._didMount(), [virtual]);
  useLayoutEffect(() => virtual._willUpdate());
  return virtual;
}
