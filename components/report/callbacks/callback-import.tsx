import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { parseCallbackLog, type CallbackLog } from '../../../utils/capture/callback-log.ts';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { takeFiles } from '../take-files.ts';
import { CallbackLogPreview } from './callback-log-preview.tsx';
import { storeCallbacks } from './store-callbacks.ts';
import { StoredCallbacks } from './stored-callbacks.tsx';

/** The largest log that is read, in bytes. */
const MOST_BYTES = 50_000_000;

/** Reads the app's unlink-callback log: shows what it holds, then stores the good lines, user ids hashed. */
export function CallbackImport() {
  const state = useReport();
  const id = useId();
  const text = useSignal('');
  const log = useSignal<CallbackLog | null>(null);
  const result = useSignal<string | null>(null);
  const parse = (content: string) => {
    result.value = null;
    log.value = content.trim() ? parseCallbackLog(content) : null;
  };
  const readFile = async (file: File) => {
    if (file.size > MOST_BYTES) state.notice.value = ['report_page.logTooLarge'];
    else parse(await file.text());
  };
  const store = async (entries: CallbackLog['entries']) => {
    const stored = await storeCallbacks(state, entries);
    if (stored === null) return;
    log.value = null;
    text.value = '';
    result.value = outcomeText(stored, entries.length - stored);
  };
  return (
    <section class="panel" aria-labelledby={`${id}-title`} data-testid="callback-import">
      <h2 id={`${id}-title`}>{t('report_page.callbacksTitle')}</h2>
      <p class="quiet">{t('report_page.callbacksHelp')}</p>
      <label for={`${id}-text`}>{t('report_page.callbacksPaste')}</label>
      <textarea
        id={`${id}-text`}
        data-field="callback-log"
        rows={5}
        spellcheck={false}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          parse(text.value);
        }}
      />
      <label>
        {t('report_page.callbacksFile')}{' '}
        <input
          type="file"
          data-field="callback-file"
          onChange={(event) => {
            const [file] = takeFiles(event.currentTarget);
            if (file) void readFile(file);
          }}
        />
      </label>
      <div role="status">{result.value && <p>{result.value}</p>}</div>
      {log.value && <CallbackLogPreview log={log.value} onStore={store} />}
      <StoredCallbacks />
    </section>
  );
}

/** How many callbacks were stored, and how many were known before. */
function outcomeText(stored: number, known: number): string {
  return [
    t('report_page.callbacksStored', stored),
    ...(known > 0 ? [t('report_page.callbacksKnown', known)] : []),
  ].join(' ');
}
