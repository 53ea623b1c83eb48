import { browser } from 'wxt/browser';

/** Calls back once a person has installed the extension: not after an update, nor where a developer loads it until the browser ends. */
export function onInstallation(callback: () => void): void {
  browser.runtime.onInstalled.addListener((details) => {
    // Only Firefox tells.
    const isTemporary = 'temporary' in details && details.temporary === true;
    if (details.reason === 'install' && !isTemporary) callback();
  });
}
