import { browser } from 'wxt/browser';

/** The tab in front when a shortcut was pressed. */
export interface PressedTab {
  id: number;
  /** Its address, which the browser tells where its site is watched or the person has just pressed a shortcut. */
  url: string | undefined;
}

/** The shortcuts of the manifest that the worker answers, by name. A press where no tab is in front marks nothing. */
interface Shortcuts {
  'toggle-recording': () => void;
  'mark-step': (tab: PressedTab) => void;
}

/** Calls back when a shortcut is pressed. Firefox on Android has no shortcuts. */
export function onShortcut(shortcuts: Shortcuts): void {
  const commands = browser.commands as typeof browser.commands | undefined;
  commands?.onCommand.addListener((name, tab) => {
    if (name === 'toggle-recording') shortcuts[name]();
    if (name === 'mark-step' && tab?.id !== undefined)
      shortcuts[name]({ id: tab.id, url: tab.url });
  });
}
