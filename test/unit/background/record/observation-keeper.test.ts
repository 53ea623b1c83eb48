import { expect, test, vi } from 'vitest';
import { createObservationKeeper } from '../../../../utils/background/record/observation-keeper.ts';
import { createPrivateRecords } from '../../../../utils/background/record/private-records.ts';
import { firstLogin, T0 } from '../../fixtures.ts';
import { freshProfile, startWorker } from '../../store/database.ts';
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
