import { browser } from 'wxt/browser';

/** Calls back when the shortcut that pauses and resumes recording is pressed. Firefox on Android has no shortcuts. */
export function onPauseShortcut(callback: () => void): void {
  const commands = browser.commands as typeof browser.commands | undefined;
  commands?.onCommand.addListener((name) => {
    if (name === 'toggle-recording') callback();
  });
}
