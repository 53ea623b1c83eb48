import { browser } from 'wxt/browser';

/**
 * Whether this worker or page is private windows' own, beside that of the normal ones: Chrome keeps all that it stores in
 * memory, but for local storage, which both share. Firefox has one worker for all windows.
 */
export function isPrivateContext(): boolean {
  return !import.meta.env.FIREFOX && browser.extension.inIncognitoContext === true;
}
