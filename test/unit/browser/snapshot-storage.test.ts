import { beforeEach, expect, test, vi } from 'vitest';

const session = { get: vi.fn(), set: vi.fn(), remove: vi.fn() };
const extension = { inIncognitoContext: false };
vi.mock('wxt/browser', () => ({ browser: { storage: { session }, extension } }));

const { readKeptSnapshot, snapshotStorage } =
  await import('../../../utils/browser/snapshot-storage.ts');

beforeEach(() => {
  vi.resetAllMocks();
  extension.inIncognitoContext = false;
});

test('snapshot is kept in session storage, and only there', async () => {
  const snapshot = { version: 1 };
  await snapshotStorage.save(snapshot);
  expect(session.set).toHaveBeenCalledWith({ popup: snapshot });
  session.get.mockResolvedValue({ popup: snapshot });
  expect(await readKeptSnapshot()).toEqual(snapshot);
  await snapshotStorage.clear();
  expect(session.remove).toHaveBeenCalledWith('popup');
});

test('private windows, which share session storage: nothing is put there, read or removed', async () => {
  extension.inIncognitoContext = true;
  await snapshotStorage.save({ version: 1 });
  await snapshotStorage.clear();
  expect(await readKeptSnapshot()).toBeUndefined();
  for (const call of Object.values(session)) expect(call).not.toHaveBeenCalled();
});

test('nothing kept, or no answer: nothing is told', async () => {
  session.get.mockResolvedValueOnce({}).mockRejectedValueOnce(new Error('no storage'));
  expect([await readKeptSnapshot(), await readKeptSnapshot()]).toEqual([undefined, undefined]);
});
