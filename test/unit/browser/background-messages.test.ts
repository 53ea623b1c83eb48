import { expect, test, vi } from 'vitest';

const OWN = 'chrome-extension://abcdefghijklmnop/';
const ID = 'abcdefghijklmnop';
type Listener = (message: unknown, sender: object) => unknown;
const { listeners, onMessage } = vi.hoisted(() => ({
  listeners: [] as Listener[],
  onMessage: vi.fn(async () => 'answered'),
}));

/** An API of the browser's that takes every listener and answers nothing. */
vi.mock('wxt/browser', () => {
  const nothing: unknown = new Proxy(() => undefined, { get: () => nothing });
  const runtime = {
    id: ID,
    getURL: (path: string) => OWN + path.slice(1),
    onMessage: { addListener: (listener: Listener) => listeners.push(listener) },
    onInstalled: nothing,
    onStartup: nothing,
  };
  return {
    browser: new Proxy({ runtime }, { get: (own, name) => Reflect.get(own, name) ?? nothing }),
  };
});
vi.mock('../../../utils/background/event-handlers.ts', () => ({
  createEventHandlers: () => ({ onMessage }),
}));
vi.mock('wxt/utils/define-background', () => ({
  defineBackground: (main: () => void) => main(),
}));

test('the worker answers the extension’s own pages, and no other sender', async () => {
  await import('../../../entrypoints/background.ts');
  const send = (sender: object) => listeners.map((listener) => listener({ type: 'state' }, sender));
  for (const url of ['https://shop.test/popup.html', undefined])
    expect(send({ id: ID, url })).toEqual([undefined]);
  expect(send({ id: 'ponmlkjihgfedcba', url: `${OWN}popup.html` })).toEqual([undefined]);
  expect(onMessage).not.toHaveBeenCalled();
  const [answer] = send({ id: ID, url: `${OWN}popup.html` });
  expect(await answer).toBe('answered');
});
