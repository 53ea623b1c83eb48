import { beforeAll, beforeEach, expect, test, vi } from 'vitest';

/** An event of the extension API: what listens to it is called by `fire`. */
function apiEvent<A extends unknown[]>() {
  const listeners: ((...args: A) => unknown)[] = [];
  return {
    addListener: (listener: (...args: A) => unknown) => void listeners.push(listener),
    fire: (...args: A) => listeners.map((listener) => listener(...args)),
  };
}

type Answer = (response?: unknown) => void;

/** Chrome as it was before it had a `browser` of its own: its calls answer by callback. */
const chrome = {
  runtime: {
    id: 'linkwatch',
    lastError: undefined as { message: string } | undefined,
    onMessage: apiEvent<[unknown, object, Answer]>(),
    sendMessage: vi.fn<(message: unknown, answer: Answer) => void>(),
  },
  i18n: { getMessage: () => '' },
  permissions: { onAdded: apiEvent<[]>() },
  notifications: undefined as object | undefined,
};

beforeAll(() => {
  delete (chrome as Partial<typeof chrome>).notifications;
  vi.stubGlobal('chrome', chrome);
});
beforeEach(() => {
  chrome.runtime.sendMessage.mockReset();
  chrome.runtime.lastError = undefined;
});
vi.mock('wxt/browser', async () => ({
  browser: (await import('webextension-polyfill')).default,
}));

/** Answers every message with an error, as Chrome tells it. */
function failMessages(message: string): void {
  chrome.runtime.sendMessage.mockImplementation((_message, answer) => {
    chrome.runtime.lastError = { message };
    answer();
    chrome.runtime.lastError = undefined;
  });
}

test('command whose worker ends before it answers: told as a failure', async () => {
  const { sendCommand } = await import('../../../utils/browser/send-command.ts');
  failMessages('The message port closed before a response was received.');
  await expect(sendCommand({ type: 'clear' })).rejects.toThrow('ended before it answered');
  expect(chrome.runtime.sendMessage).toHaveBeenCalledTimes(1);
});

test('command that finds no worker: sent once more', async () => {
  const { sendCommand } = await import('../../../utils/browser/send-command.ts');
  failMessages('Could not establish connection. Receiving end does not exist.');
  await expect(sendCommand({ type: 'clear' })).rejects.toThrow('Receiving end');
  expect(chrome.runtime.sendMessage).toHaveBeenCalledTimes(2);
});

test('listener that returns a promise: its result is the answer', async () => {
  const { browser } = await import('wxt/browser');
  browser.runtime.onMessage.addListener(async (message: unknown) => ({ echo: message }));
  const answer = await new Promise((done) => {
    expect(chrome.runtime.onMessage.fire('hello', {}, done)).toEqual([true]);
  });
  expect(answer).toEqual({ echo: 'hello' });
});

test('notifications that are granted later: clicks on them are heard from then on, once', async () => {
  const { onNotificationClick } = await import('../../../utils/browser/notifications.ts');
  const open = vi.fn<() => void>();
  onNotificationClick(open);
  const onClicked = apiEvent<[string]>();
  const clear = vi.fn<(id: string, answer: Answer) => void>((_id, answer) => answer(true));
  chrome.notifications = { onClicked, clear };
  chrome.permissions.onAdded.fire();
  chrome.permissions.onAdded.fire();
  onClicked.fire('login:soon');
  expect(open).toHaveBeenCalledTimes(1);
  expect(clear).toHaveBeenCalledWith('login:soon', expect.any(Function));
});
