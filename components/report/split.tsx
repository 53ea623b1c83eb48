import { useSignal } from '@preact/signals';
import type { ComponentChild, VNode } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { t } from '../shared/text.ts';
import { recall, remember } from './page-memory.ts';
import { useReport } from './report-context.ts';

/** Shares of the width that the first part may have, and how far one key moves, in percent. */
const LEAST = 25;
const MOST = 75;
const STEP = 5;
const AT_FIRST = 42;

/** The share that is allowed, in whole percent. */
const within = (percent: number) => Math.round(Math.min(MOST, Math.max(LEAST, percent)));

/**
 * Two parts side by side, with a bar between them that mouse and arrow keys move; one over the other where it is narrow.
 * Where the bar was left is remembered. The first part stays as it is, with its focus and its place, while there is no second.
 */
export function Split({ first, second }: { first: ComponentChild; second: VNode | null }) {
  const { memory } = useReport().ports;
  const share = useSignal(within(recall(memory).listShare ?? AT_FIRST));
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const set = (percent: number) => {
    share.value = within(percent);
  };
  const keep = () => remember(memory, { listShare: share.value });
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: share.value - STEP,
      ArrowRight: share.value + STEP,
      Home: LEAST,
      End: MOST,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    set(to);
    keep();
  };
  const onPointerMove = (event: PointerEvent) => {
    const bar = event.currentTarget as HTMLElement;
    if (!box.current || !bar.hasPointerCapture(event.pointerId)) return;
    const { left, width } = box.current.getBoundingClientRect();
    set(((event.clientX - left) / width) * 100);
  };
  return (
    <div
      class={second ? 'split parted' : 'split'}
      ref={box}
      style={{ '--share': `${share.value}%` }}
    >
      <div class="split-part" id={id}>
        {first}
      </div>
      {second && (
        <>
          <div
            class="split-bar"
            role="separator"
            tabIndex={0}
            aria-orientation="vertical"
            aria-label={t('report_page.resize')}
            aria-controls={id}
            aria-valuemin={LEAST}
            aria-valuemax={MOST}
            aria-valuenow={share.value}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
            onPointerUp={keep}
          />
          <div class="split-part">{second}</div>
        </>
      )}
    </div>
  );
}
