import { useSignal } from '@preact/signals';
import type { FormatId } from '../../../utils/report/formats/format-list.ts';
import type { WriteResult } from '../../../utils/report/write-request.ts';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import type { WriteOptions } from './report-request.ts';

/** Writes reports one at a time: asking for another gives up the one that is being written. */
export function useReportWriter() {
  const state = useReport();
  const current = useSignal<AbortController | null>(null);
  return {
    isWriting: current.value !== null,
    cancel: () => current.value?.abort(),
    /** Resolves to the report; null where there is nothing to write, it was given up, or it failed, which is told. */
    async write(format: FormatId, options: WriteOptions): Promise<WriteResult | null> {
      const request = state.writeRequest(options);
      if (!request) return null;
      current.value?.abort();
      const abort = new AbortController();
      current.value = abort;
      try {
        return await state.ports.write({ ...request, format, language: t.language }, abort.signal);
      } catch {
        state.notice.value = ['banner.failedAction'];
        return null;
      } finally {
        if (current.value === abort) current.value = null;
      }
    },
  };
}
