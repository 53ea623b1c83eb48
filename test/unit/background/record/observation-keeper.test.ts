import { expect, test, vi } from 'vitest';
import { createObservationKeeper } from '../../../../utils/background/record/observation-keeper.ts';
import { createPrivateRecords } from '../../../../utils/background/record/private-records.ts';
import { firstLogin, me, T0 } from '../../fixtures.ts';
import { failCommits, freshProfile, startWorker } from '../../store/database.ts';
import { memoryPrivateStorage } from '../session-memory.ts';

test('all kept: settles once all that came is noted as finished, and holds on to nothing of it', async () => {
  freshProfile();
  const privateRecords = createPrivateRecords(memoryPrivateStorage(), () => {});
  const keeper = createObservationKeeper(startWorker(), privateRecords, () => {});
  const finish = vi.fn();
  for (const observation of firstLogin(T0)) keeper.keep([observation], finish);
  expect(finish).not.toHaveBeenCalled();
  keeper.flush();
  expect(await keeper.allKept()).toBeUndefined();
  expect(finish).toHaveBeenCalledTimes(firstLogin(T0).length);
});

test('all kept: what came first is waited for, also where the latest is kept sooner', async () => {
  freshProfile();
  const privateRecords = createPrivateRecords(memoryPrivateStorage(), () => {});
  const recorder = startWorker();
  let store = () => {};
  vi.spyOn(recorder, 'record').mockImplementation(
    () => new Promise((done) => (store = () => done(true))),
  );
  const keeper = createObservationKeeper(recorder, privateRecords, () => {});
  const finished: string[] = [];
  keeper.keep(firstLogin(T0), () => finished.push('stored'));
  keeper.keep([], () => finished.push('nothing to store'));
  const all = keeper.allKept().then(() => finished.push('all'));
  await vi.waitFor(() => expect(finished).toEqual(['nothing to store']));
  store();
  await all;
  expect(finished).toEqual(['nothing to store', 'stored', 'all']);
});

test('database that takes nothing: told as a change; what must be kept at once fails', async () => {
  freshProfile();
  const heal = failCommits('QuotaExceededError');
  const privateRecords = createPrivateRecords(memoryPrivateStorage(), () => {});
  const changed = vi.fn();
  const keeper = createObservationKeeper(startWorker(), privateRecords, changed);
  keeper.keep([me(T0)], () => {});
  await keeper.allKept();
  expect(changed).toHaveBeenCalledTimes(1);
  expect(await keeper.keepNow(me(T0 + 1000))).toBe(false);
  heal();
  expect(await keeper.keepNow(me(T0 + 2000))).toBe(true);
});
