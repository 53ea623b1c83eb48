import { expect, test, vi } from 'vitest';
import { createFiles } from '../../../components/report/files-state.ts';
import type { KeptFile } from '../../../utils/report/import/file-contents.ts';
import { withReplay } from '../../../utils/report/import/reevaluate.ts';
import { mergedOf, type FoldedFiles } from '../../../utils/report/merge/fold-files.ts';
import { importedScope } from '../../../utils/report/report-scope.ts';
import { observe, T0 } from '../fixtures.ts';
import { importCase } from '../report/samples.ts';

/** The files' state, with what it asks the web worker for; `answer` gives what the worker would. */
function scene() {
  const asked: {
    files: readonly KeptFile[];
    chosen: number | null;
    signal: AbortSignal;
    answer(): void;
    fail(): void;
  }[] = [];
  const state = createFiles({
    fold: (files, chosen, signal) =>
      new Promise<FoldedFiles | null>((done, no) => {
        const answer = () => {
          const merged = mergedOf(files);
          done(merged && { merged, scope: importedScope(merged, chosen) });
        };
        asked.push({ files, chosen, signal, answer, fail: () => no(new Error('no worker')) });
      }),
  });
  return { asked, state, stop: state.followFiles() };
}

const opened = (imported: KeptFile) => ({ name: 'file', imported });
const small = async () => withReplay(await importCase('v2-no-call'));

/** The same file, with so many steps before that it is much. */
async function large(): Promise<KeptFile> {
  const file = await importCase('v2-me');
  const steps = Array.from({ length: 5001 }, (_, i) => observe({ type: 'step', text: `${i}` }, T0));
  return withReplay({ ...file, observations: [...steps, ...file.observations] });
}

test('few observations: merged and replayed at once', async () => {
  const { asked, state, stop } = scene();
  state.files.value = [opened(await small()), opened(withReplay(await importCase('v2-me')))];
  state.showsFiles.value = true;
  expect(state.filesScope.value?.logins).toHaveLength(2);
  state.filesAt.value = T0;
  expect(state.filesScope.value?.logins).toHaveLength(0);
  expect(asked).toEqual([]);
  stop();
});

test('one large file: shown as it was replayed where it was read', async () => {
  const { asked, state, stop } = scene();
  const file = await large();
  state.files.value = [opened(file)];
  state.showsFiles.value = true;
  expect(state.filesScope.value?.observations).toBe(file.replayed?.observations);
  expect(asked).toEqual([]);
  // For an instant that someone chose it is replayed beside the page.
  state.filesAt.value = T0;
  expect(state.filesScope.value).toBeNull();
  expect(asked).toHaveLength(1);
  stop();
});

test('many observations: nothing shows until they are folded; old questions are given up', async () => {
  const { asked, state, stop } = scene();
  state.files.value = [opened(await large()), opened(await small())];
  expect(asked).toEqual([]);
  state.showsFiles.value = true;
  expect(state.merged.value).toBeNull();
  expect(state.filesScope.value).toBeNull();
  asked[0]?.answer();
  await vi.waitFor(() => expect(state.filesScope.value?.logins).toHaveLength(2), 20_000);
  const merged = state.merged.value;

  state.filesAt.value = T0;
  state.filesAt.value = T0 + 1;
  expect(state.filesScope.value).toBeNull();
  expect(state.merged.value).toBe(merged);
  expect(asked.slice(1).map(({ chosen, signal }) => [chosen, signal.aborted])).toEqual([
    [T0, true],
    [T0 + 1, false],
  ]);
  expect(asked[2]?.files).toEqual([merged]);
  asked[1]?.answer();
  asked[2]?.fail();
  await vi.waitFor(() => expect(state.filesScope.value).not.toBeNull(), 20_000);
  expect(state.filesScope.value).toEqual(merged && importedScope(merged, T0 + 1));
  stop();
});
