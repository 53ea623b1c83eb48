import { beforeEach, expect, test, vi } from 'vitest';

const kept = new Map<string, unknown>();
const session = {
  get: async (key?: string) =>
    Object.fromEntries([...kept].filter(([name]) => key === undefined || name === key)),
  set: async (values: object) => {
    for (const [key, value] of Object.entries(values)) kept.set(key, value);
  },
  remove: async (keys: string[]) => {
    for (const key of keys) kept.delete(key);
  },
};
const extension = { inIncognitoContext: false };
vi.mock('wxt/browser', () => ({ browser: { storage: { session }, extension } }));

const { createWorkerMemory } = await import('../../../utils/browser/worker-memory.ts');
const databases = vi.fn<() => Promise<object[]>>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('indexedDB', { databases });
  databases.mockResolvedValue([{ name: 'linkwatch' }]);
});

/** What a worker of private windows, or of the normal ones, leaves when it is ended in the middle of its work. */
async function leaveWork(inIncognitoContext: boolean): Promise<void> {
  extension.inIncognitoContext = inIncognitoContext;
  const memory = createWorkerMemory<string>();
  await memory.load();
  await memory.leave({ at: 1, isBusy: true }, new Map([['1', 'begun']]));
}

test('next worker of the same windows: it finds what was begun', async () => {
  await leaveWork(true);
  const next = await createWorkerMemory<string>().load();
  expect(next).toMatchObject({ isNew: false, trace: { isBusy: true } });
  expect(next.work).toEqual(new Map([['1', 'begun']]));
});

test('private windows closed and others opened: nothing of the closed ones is left', async () => {
  await leaveWork(false);
  await leaveWork(true);
  kept.set('private-held', ['observation']);
  databases.mockResolvedValue([]);
  const next = await createWorkerMemory<string>().load();
  expect(next).toMatchObject({ isNew: true, trace: null });
  expect(next.work.size).toBe(0);
  expect([...kept.keys()].sort()).toEqual(['private-run', 'run', 'trace', 'work:1']);
});

test('normal windows without a database: what was begun stays', async () => {
  await leaveWork(false);
  databases.mockResolvedValue([]);
  expect((await createWorkerMemory<string>().load()).work.size).toBe(1);
  expect(databases).not.toHaveBeenCalled();
});
