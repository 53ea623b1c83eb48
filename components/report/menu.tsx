import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  /** Its name in `data-testid`. */
  name: string;
  label: string;
  /** Its panel ends where the toolbar ends, instead of beginning where that begins. */
  atEnd?: boolean;
  children: ComponentChildren;
}

/** What arrow keys move between. Fields keep their arrows. */
const ITEMS = 'button:enabled, input[type="checkbox"]';

/**
 * A button of a toolbar that opens a panel over the page. Enter, Space and the down arrow open it, arrows move in it;
 * Escape, a click elsewhere and a Tab out of it close it.
 */
export function Menu({ name, label, atEnd = false, children }: Props) {
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && !box.current?.contains(target)) close(box.current);
    };
    addEventListener('pointerdown', onPointerDown);
    return () => removeEventListener('pointerdown', onPointerDown);
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys and focus of what is in it
    <details
      ref={box}
      class={atEnd ? 'menu at-end' : 'menu'}
      data-testid={name}
      onKeyDown={(event) => onKey(event, box.current)}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !box.current?.contains(relatedTarget))
          close(box.current);
      }}
    >
      <summary>
        {label} <span aria-hidden="true">▾</span>
      </summary>
      <div class="menu-panel">{children}</div>
    </details>
  );
}

function close(box: HTMLDetailsElement | null): void {
  if (box) box.open = false;
}

function onKey(event: KeyboardEvent, box: HTMLDetailsElement | null): void {
  const { key, target } = event;
  if (!box || !(target instanceof HTMLElement)) return;
  const summary = box.querySelector('summary');
  if (key === 'Escape' && box.open) {
    close(box);
    summary?.focus();
  } else if (target === summary && key === 'ArrowDown') {
    box.open = true;
    box.querySelector<HTMLElement>(ITEMS)?.focus();
  } else if (target.matches(ITEMS) && (key === 'ArrowDown' || key === 'ArrowUp')) {
    const items = [...box.querySelectorAll<HTMLElement>(ITEMS)].filter((e) => e.checkVisibility());
    const next = items.indexOf(target) + (key === 'ArrowDown' ? 1 : -1);
    items.at(next % items.length)?.focus();
  } else return;
  event.preventDefault();
}
