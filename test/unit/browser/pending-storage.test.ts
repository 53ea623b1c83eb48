import { beforeEach, expect, test, vi } from 'vitest';
import { HEALTHY } from '../../../utils/model/health.ts';
import { me, T0 } from '../fixtures.ts';

const place = () => ({ get: vi.fn(), set: vi.fn(), remove: vi.fn() });
const storage = { local: place(), session: place() };
const extension = { inIncognitoContext: false };
vi.mock('wxt/browser', () => ({ browser: { storage, extension } }));

const { pendingStorage, readPendingHealth } =
  await import('../../../utils/browser/pending-storage.ts');

beforeEach(() => {
  vi.resetAllMocks();
  extension.inIncognitoContext = false;
});

const FAILED = { ...HEALTHY, problem: 'db-failed' } as const;

test('database that fails with nothing pending: pages can read why', async () => {
  await pendingStorage.save([], 0, FAILED);
  expect(storage.local.set).toHaveBeenCalledWith({ held: [], lost: 0, health: FAILED });
  storage.local.get.mockResolvedValueOnce({ health: FAILED });
  expect(await readPendingHealth()).toEqual(FAILED);
});

test('nothing pending and all well: nothing is left there', async () => {
  await pendingStorage.save([], 0, HEALTHY);
  expect(storage.local.set).not.toHaveBeenCalled();
  expect(storage.local.remove).toHaveBeenCalledWith(['held', 'lost', 'health']);
});

test('private windows’ own worker: keeps nothing on the disk', async () => {
  extension.inIncognitoContext = true;
  await pendingStorage.save([me(T0)], 0, FAILED);
  expect(storage.session.set).toHaveBeenCalledTimes(1);
  expect(storage.local.set).not.toHaveBeenCalled();
});
