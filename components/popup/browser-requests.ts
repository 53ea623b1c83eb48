import type { Signal } from '@preact/signals';
import type { Message } from '../../utils/i18n/message.ts';

/** What a click may ask of the browser beside sending a command. */
export interface BrowserRequests {
  /**
   * Runs what only the browser can grant. Called straight from a click, it calls `request` at once. It tells why
   * nothing happened where the answer is no, and resolves to the answer.
   */
  ask(request: () => Promise<boolean>, refused?: Message): Promise<boolean>;
  /** Runs something that changes nothing here, such as opening a page, and tells if it failed. */
  run(task: () => Promise<void>): Promise<void>;
}

/** Makes those; `notice` gets what went wrong, `reload` reads again what a grant changes. */
export function createBrowserRequests(
  notice: Signal<Message | null>,
  reload: () => Promise<void>,
): BrowserRequests {
  return {
    async ask(request, refused = ['banner.refused']) {
      notice.value = null;
      try {
        const granted = await request();
        if (!granted) notice.value = refused;
        return granted;
      } catch {
        notice.value = ['banner.failedAction'];
        return false;
      } finally {
        await reload();
      }
    },
    async run(task) {
      notice.value = null;
      try {
        await task();
      } catch {
        notice.value = ['banner.failedAction'];
      }
    },
  };
}
