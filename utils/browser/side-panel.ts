import { browser } from 'wxt/browser';
import { closePopup } from './popup-window.ts';

/** Firefox's sidebar, as far as it is used: the types are those of Chrome. */
interface WithSidebar {
  sidebarAction?: { open(): Promise<void> };
}

/**
 * Returns what opens the side panel of this window and closes the popup, to be called straight from a click; null where
 * the browser has none.
 */
export function createSidePanelOpener(): (() => Promise<void>) | null {
  return import.meta.env.FIREFOX ? sidebarOpener() : sidePanelOpener();
}

/** Firefox on Android has no sidebar. */
function sidebarOpener(): (() => Promise<void>) | null {
  const { sidebarAction } = browser as typeof browser & WithSidebar;
  if (!sidebarAction) return null;
  return async () => {
    await sidebarAction.open();
    closePopup();
  };
}

function sidePanelOpener(): () => Promise<void> {
  // Asked for beforehand: after a wait the click would not count any more.
  const current = browser.windows.getCurrent();
  let windowId: number | undefined;
  current.then(({ id }) => (windowId = id)).catch(() => {});
  return async () => {
    windowId ??= (await current).id;
    if (windowId === undefined) throw new Error('no window');
    await browser.sidePanel.open({ windowId });
    closePopup();
  };
}
