/** What can have the focus: a part of a page that can be reached by Tab. */
const CONTROLS =
  'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]';

/**
 * Keeps a keyboard's place on a page: where the control that has the focus is taken away, what is nearest to it gets the
 * focus, not the beginning of the page.
 */
export function keepFocus(root: Element): void {
  let focused: Element | null = null;
  root.addEventListener('focusin', ({ target }) => (focused = target as Element));
  root.addEventListener('focusout', ({ target }) =>
    queueMicrotask(() => {
      // What is still there was left by the person.
      if (target === focused && focused?.isConnected) focused = null;
    }),
  );
  new MutationObserver((changes) => {
    if (!focused || focused.isConnected || document.activeElement !== document.body) return;
    const lost = focused;
    focused = null;
    const change = changes.find(({ removedNodes }) =>
      [...removedNodes].some((node) => node.contains(lost)),
    );
    if (change) focusNear(change);
  }).observe(root, { childList: true, subtree: true });
}

/** Focuses what follows something that was taken away, else what came before it, else the part that it was in. */
function focusNear({ nextSibling, previousSibling, target }: MutationRecord): void {
  const places = [nextSibling, previousSibling, target];
  for (let outer = target.parentElement; outer; outer = outer.parentElement) places.push(outer);
  for (const place of places) {
    const control = place instanceof Element && place.isConnected && firstControl(place);
    if (control) return control.focus();
  }
}

/** The first control in sight that an element is or holds. */
function firstControl(element: Element): HTMLElement | undefined {
  const inside = [...element.querySelectorAll<HTMLElement>(CONTROLS)];
  const all = element.matches(CONTROLS) ? [element as HTMLElement, ...inside] : inside;
  return all.find((control) => control.checkVisibility());
}
