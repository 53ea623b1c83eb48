import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import {
  parseCallbackLog,
  type BadLine,
  type CallbackLog,
} from '../../utils/capture/callback-log.ts';
import type { Observation } from '../../utils/model/observation.ts';
import type { ReadCallback } from '../../utils/model/command.ts';
import type { PlainKey } from '../../utils/i18n/message.ts';
import { Button } from '../shared/button.tsx';
import { t } from '../shared/text.ts';
import { callbackDays } from './callback-days.ts';
import { useReport } from './report-context.ts';
import { CallbackDay } from './summary.tsx';

const REASONS: Record<BadLine, PlainKey> = {
  'no-fields': 'report_page.badNoFields',
  'no-user-id': 'report_page.badNoUserId',
  'bad-user-id': 'report_page.badUserId',
  'no-referrer-type': 'report_page.badNoType',
  'unknown-referrer-type': 'report_page.badType',
};
/** Bad lines shown; the rest is counted. */
const MOST_BAD = 100;
/** As many as the worker takes at once. */
const BATCH = 2000;

const keyOf = (c: {
  at?: number;
  appId: string | null;
  account: string | null;
  referrerType: string;
}) => [c.at ?? '', c.appId ?? '', c.account, c.referrerType].join(' ');

/** Reads the app's unlink-callback log: shows what it holds, then stores the good lines, user ids hashed. */
export function CallbackImport() {
  const state = useReport();
  const text = useSignal('');
  const log = useSignal<CallbackLog | null>(null);
  const done = useSignal<string | null>(null);
  const id = useId();
  const look = (content: string) => {
    done.value = null;
    log.value = content.trim() ? parseCallbackLog(content) : null;
  };
  const store = async (entries: CallbackLog['entries']) => {
    const known = new Set(
      (state.records.value?.rows ?? []).flatMap((o) =>
        o.type === 'unlink-callback' ? keyOf({ ...o, at: o.timeKnown ? o.at : undefined }) : [],
      ),
    );
    const fresh = new Map<string, ReadCallback>();
    for (const { at, appId, userId, referrerType } of entries) {
      const account = await state.ports.hashUserId(userId);
      const read = { ...(at === null ? {} : { at }), appId, account, referrerType };
      if (!known.has(keyOf(read))) fresh.set(keyOf(read), read);
    }
    const all = [...fresh.values()];
    // What is learned now belongs to a session of now, however long ago the log's first line was.
    const isOpen = state.records.value?.sessions.some((s) => s.endedAt === null);
    if (all.length && !isOpen && !(await state.send({ type: 'session', begin: true }))) return;
    for (let i = 0; i < all.length; i += BATCH) {
      const command = { type: 'callbacks' as const, read: all.slice(i, i + BATCH) };
      if (!(await state.send(command))) return;
    }
    log.value = null;
    text.value = '';
    done.value = t('report_page.callbacksStored', all.length, [
      String(all.length),
      String(entries.length - all.length),
    ]);
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
          look(text.value);
        }}
      />
      <label>
        {t('report_page.callbacksFile')}{' '}
        <input
          type="file"
          data-field="callback-file"
          onChange={async (event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (file && file.size > 50_000_000) state.notice.value = ['report_page.logTooLarge'];
            else if (file) look(await file.text());
          }}
        />
      </label>
      <div role="status">{done.value && <p>{done.value}</p>}</div>
      {log.value && <Preview log={log.value} store={store} />}
      <StoredCallbacks />
    </section>
  );
}

/** What a log holds before it is stored: how many good lines per day, and every bad one with its reason. */
function Preview({ log, store }: { log: CallbackLog; store: (e: CallbackLog['entries']) => void }) {
  const { ports } = useReport();
  const now = ports.now();
  const as = (e: CallbackLog['entries'][number]) => ({
    type: 'unlink-callback',
    appId: e.appId,
    account: e.userId,
    at: e.at ?? now,
    referrerType: e.referrerType,
  });
  const days = callbackDays(log.entries.map((e) => as(e) as unknown as Observation));
  return (
    <div class="log-preview" data-testid="log-preview">
      <p>
        <b>{t('report_page.goodLines', log.entries.length)}</b>
        {' · '}
        {t('report_page.badLines', log.bad.length)}
        {' · '}
        {t('report_page.otherLines', log.other)}
      </p>
      <ul>
        {days.slice(0, 60).map((d) => (
          <li key={`${d.day} ${d.appId} ${d.referrerType}`}>
            <CallbackDay {...d} />
          </li>
        ))}
      </ul>
      {log.entries.some((e) => e.at === null) && <p class="quiet">{t('report_page.noTime')}</p>}
      {log.bad.length > 0 && (
        <ul class="bad-lines" data-testid="bad-lines">
          {log.bad.slice(0, MOST_BAD).map(({ line, reason }) => (
            <li key={line} data-line={line} data-reason={reason}>
              {t('report_page.line', [String(line)])}: {t(REASONS[reason])}
            </li>
          ))}
          {log.bad.length > MOST_BAD && <li>{t('list.more', log.bad.length - MOST_BAD)}</li>}
        </ul>
      )}
      <Button
        action="store-callbacks"
        kind="primary"
        disabled={log.entries.length === 0}
        onClick={() => store(log.entries)}
      >
        {t('report_page.storeCallbacks', log.entries.length)}
      </Button>
    </div>
  );
}

/** What is stored of callbacks, per day and app. */
function StoredCallbacks() {
  const state = useReport();
  const days = callbackDays(state.records.value?.rows ?? []);
  if (days.length === 0) return <p class="quiet">{t('report_page.noCallbacks')}</p>;
  return (
    <>
      <h3>{t('report_page.storedCallbacks')}</h3>
      <ul data-testid="stored-callbacks">
        {days.slice(0, 200).map((d) => (
          <li key={`${d.day} ${d.appId} ${d.referrerType}`} data-day={d.day} data-users={d.users}>
            <CallbackDay {...d} />
          </li>
        ))}
      </ul>
    </>
  );
}
