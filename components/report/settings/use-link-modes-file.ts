import { useSignal } from '@preact/signals';
import { ImportError } from '../../../utils/report/import/import-error.ts';
import { compareLinkModes } from '../../../utils/report/link-modes/compare-link-modes.ts';
import {
  readLinkModesFile,
  type SetLinkMode,
} from '../../../utils/report/link-modes/link-modes-file.ts';
import { linkModesRefusal } from '../../../utils/report/link-modes/refusal-text.ts';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';

/** What happens to the modes here that a file contradicts. */
type Contradicted = 'replace' | 'keep';

/** The largest file that is read, in bytes. */
const MOST_BYTES = 1_000_000;

/** Reads a file of link modes and takes it over; where it contradicts what is set here, only after an answer. */
export function useLinkModesFile() {
  const state = useReport();
  const asked = useSignal<SetLinkMode[] | null>(null);
  const refusal = useSignal<string | null>(null);
  const outcome = useSignal<string | null>(null);
  const compare = (modes: readonly SetLinkMode[]) =>
    compareLinkModes(modes, state.records.value?.loginState.apps ?? new Map());

  const take = async (modes: readonly SetLinkMode[], contradicted: Contradicted) => {
    asked.value = null;
    const { fresh, differing, same } = compare(modes);
    const replaced = contradicted === 'replace' ? differing : [];
    const taken = [...fresh, ...replaced].map(({ clientId, linkMode }) => ({ clientId, linkMode }));
    if (taken.length && !(await state.send({ type: 'link-modes', modes: taken }))) return;
    const kept = differing.length - replaced.length;
    outcome.value = t('report_page.modesTaken', [`${taken.length}`, `${same.length}`, `${kept}`]);
  };

  return {
    /** What differs and waits for an answer; null where nothing does. */
    differing: asked.value && compare(asked.value).differing,
    refusal: refusal.value,
    outcome: outcome.value,
    async read(file: File) {
      asked.value = null;
      refusal.value = null;
      outcome.value = null;
      try {
        if (file.size > MOST_BYTES) throw new ImportError('too-large');
        const modes = readLinkModesFile(await file.text());
        if (compare(modes).differing.length) asked.value = modes;
        else await take(modes, 'keep');
      } catch (error) {
        const reason = error instanceof ImportError ? error : new ImportError('not-ours');
        refusal.value = linkModesRefusal(reason, t);
      }
    },
    /** Takes over what was read, and replaces what differs or keeps it. */
    async answer(contradicted: Contradicted) {
      if (asked.value) await take(asked.value, contradicted);
    },
    cancel() {
      asked.value = null;
    },
  };
}
