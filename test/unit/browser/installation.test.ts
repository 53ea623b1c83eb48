import { expect, test, vi } from 'vitest';

interface Details {
  reason: string;
  previousVersion?: string;
  temporary?: boolean;
}

const listeners: ((details: Details) => void)[] = [];
const onInstalled = { addListener: (l: (details: Details) => void) => listeners.push(l) };
vi.mock('wxt/browser', () => ({ browser: { runtime: { onInstalled } } }));

const { onInstallation } = await import('../../../utils/browser/installation.ts');

test.each<[string, Details, number]>([
  ['installed in Chromium', { reason: 'install' }, 1],
  ['installed in Firefox', { reason: 'install', temporary: false }, 1],
  ['updated', { reason: 'update', previousVersion: '0.0.9' }, 0],
  ['the browser updated', { reason: 'chrome_update' }, 0],
  ['loaded by a developer', { reason: 'install', temporary: true }, 0],
])('%s: greets only at a person’s installation', (_what, details, times) => {
  const callback = vi.fn<() => void>();
  listeners.length = 0;
  onInstallation(callback);
  for (const listener of listeners) listener(details);
  expect(callback).toHaveBeenCalledTimes(times);
});
