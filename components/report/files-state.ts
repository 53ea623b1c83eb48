import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { KeptFile } from '../../utils/report/import/file-contents.ts';
import { mergedOf, type FoldedFiles } from '../../utils/report/merge/fold-files.ts';
import { importedScope, type ReportScope } from '../../utils/report/report-scope.ts';
import type { ReportPorts } from './report-ports.ts';

/** A file that was read. */
interface OpenedFile {
  name: string;
  imported: KeptFile;
}

/** The files that were read, and what they hold. */
export interface FilesState {
  files: Signal<readonly OpenedFile[]>;
  /** Whether the files are shown instead of the live database. */
  showsFiles: Signal<boolean>;
  /** Instant at which files are judged, epoch ms; null: now. */
  filesAt: Signal<number | null>;
  /** All files as one; null where none was read, or until many are merged. */
  merged: ReadonlySignal<KeptFile | null>;
  /** The same as it stood at the chosen instant; null until it is replayed. */
  filesScope: ReadonlySignal<ReportScope | null>;
  /** Merges and replays what is much in a web worker, and anew whenever something else is chosen; returns what ends that. */
  followFiles(): () => void;
}

/** More observations than this are merged and replayed in a web worker. */
const MANY = 5000;

interface Folded extends FoldedFiles {
  files: readonly OpenedFile[];
  chosen: number | null;
}

/** Makes that state; no file is read yet. */
export function createFiles({ fold }: Pick<ReportPorts, 'fold'>): FilesState {
  const files = signal<readonly OpenedFile[]>([]);
  const showsFiles = signal(false);
  const filesAt = signal<number | null>(null);
  const late = signal<Folded | null>(null);

  const held = computed(() => files.value.map((f) => f.imported));
  const isMany = computed(
    () => held.value.reduce((sum, f) => sum + f.observations.length, 0) > MANY,
  );
  const merged = computed(() => {
    if (!isMany.value || held.value.length < 2) return mergedOf(held.value);
    return late.value?.files === files.value ? late.value.merged : null;
  });
  // One file was replayed for "now" where it was read.
  const isAhead = computed(
    () => held.value.length === 1 && filesAt.value === null && Boolean(held.value[0]?.replayed),
  );
  const filesScope = computed(() => {
    const { value: file } = merged;
    if (!file) return null;
    if (!isMany.value || isAhead.value) return importedScope(file, filesAt.value);
    const { value: folded } = late;
    const isOfThese = folded?.files === files.value && folded.chosen === filesAt.value;
    return isOfThese ? folded.scope : null;
  });

  const followFiles = () =>
    effect(() => {
      const all = files.value;
      const chosen = filesAt.value;
      if (!showsFiles.value || !isMany.value || isAhead.value) return undefined;
      const known = late.peek();
      if (known?.files === all && known.chosen === chosen) return undefined;
      const abort = new AbortController();
      // What was merged once is not merged again for another instant.
      const from = known?.files === all ? [known.merged] : held.value;
      void foldAnyhow(fold, from, chosen, abort.signal).then((folded) => {
        if (folded && !abort.signal.aborted) late.value = { ...folded, files: all, chosen };
      });
      return () => abort.abort();
    });
  return { files, showsFiles, filesAt, merged, filesScope, followFiles };
}

/** Folds files in the web worker; where that fails, here. */
async function foldAnyhow(
  fold: ReportPorts['fold'],
  files: readonly KeptFile[],
  chosen: number | null,
  given: AbortSignal,
): Promise<FoldedFiles | null> {
  try {
    return await fold(files, chosen, given);
  } catch {
    const merged = mergedOf(files);
    return merged && { merged, scope: importedScope(merged, chosen) };
  }
}
