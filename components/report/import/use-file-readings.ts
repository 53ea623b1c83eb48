import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { importErrorText } from '../../../utils/report/import/import-error-text.ts';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';

/** How far the reading of one file is. A file that was read leaves the list. */
export interface FileReading {
  /** Tells it from other readings, of the same file too. */
  id: number;
  name: string;
  /** The part that was read, 0 to 1. */
  part: number;
  outcome: 'runs' | 'failed' | 'cancelled';
  /** Why it failed, in the page's language; empty where it did not. */
  error: string;
  abort: AbortController;
}

/** Reads files one after the other into the page's state; leaving the view gives up what still runs. */
export function useFileReadings() {
  const state = useReport();
  const readings = useSignal<readonly FileReading[]>([]);
  const leaving = useRef(new AbortController());
  const begun = useRef(0);
  useEffect(() => () => leaving.current.abort(), []);

  const readOne = async (file: File, companions: readonly File[]) => {
    const abort = new AbortController();
    leaving.current.signal.addEventListener('abort', () => abort.abort());
    const id = (begun.current += 1);
    const reading: FileReading = {
      id,
      name: file.name,
      part: 0,
      outcome: 'runs',
      error: '',
      abort,
    };
    readings.value = [...readings.value, reading];
    const update = (change: Partial<FileReading>) =>
      (readings.value = readings.value.map((r) => (r.id === id ? { ...r, ...change } : r)));
    const { ports } = state;
    const progress = (part: number) => update({ part });
    const result = await ports.readFile(file, companions, progress, abort.signal);
    const leave = () => (readings.value = readings.value.filter((r) => r.id !== id));
    if ('imported' in result) {
      state.files.value = [...state.files.value, { name: file.name, imported: result.imported }];
      leave();
    } else if ('joins' in result) leave();
    else if (result.error) {
      update({ outcome: 'failed', error: importErrorText(result.error, t) });
    } else update({ outcome: 'cancelled' });
  };

  return {
    readings: readings.value,
    async read(files: readonly File[]) {
      readings.value = readings.value.filter((r) => r.outcome === 'runs');
      for (const file of files) {
        if (leaving.current.signal.aborted) return;
        await readOne(
          file,
          files.filter((other) => other !== file),
        );
      }
    },
  };
}
