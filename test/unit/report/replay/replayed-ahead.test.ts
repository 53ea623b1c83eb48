import { expect, test } from 'vitest';
import { withReplay } from '../../../../utils/report/import/reevaluate.ts';
import { importedScope } from '../../../../utils/report/report-scope.ts';
import { importCase } from '../samples.ts';

test('file replayed ahead: the page shows the same of it, and replays it no more', async () => {
  const file = await importCase('v2-no-call');
  const ahead = withReplay(file);
  const scope = importedScope(ahead, null);
  expect(scope.logins.length).toBeGreaterThan(0);
  expect(scope).toEqual(importedScope(file, null));
  expect(scope.observations).toBe(ahead.replayed?.observations);
});

test('file replayed ahead: at a chosen instant it is replayed anew', async () => {
  const file = await importCase('v2-no-call');
  const chosen = file.takenAt - 1;
  const scope = importedScope(withReplay(file), chosen);
  expect(scope).toEqual(importedScope(file, chosen));
});
