import { useComputed } from '@preact/signals';
import type { PopupData } from '../utils/store/popup-data.ts';
import { Action } from './action.tsx';
import { judgeAll } from './judged.ts';
import { LoginList } from './login-list.tsx';
import { usePopup } from './popup-context.ts';
import { t } from './text.ts';

/** Open logins, then those that need attention, then the rest on demand. */
export function LoginSections({ data }: { data: PopupData }) {
  const { open, attention } = usePopup().sections.value;
  // What the store counts beyond what it handed over.
  const beyond = {
    open: data.openCount - data.open.length,
    attention: data.attentionCount - data.attention.length,
  };
  return (
    <>
      <section data-testid="open" aria-labelledby="open-title">
        <h2 id="open-title">
          {t('list.open')} <span class="count">{open.length + beyond.open}</span>
        </h2>
        {open.length === 0 && <p class="quiet">{t('list.openNone')}</p>}
        <LoginList logins={open} total={open.length + beyond.open} />
      </section>
      {attention.length > 0 && (
        <section data-testid="attention" aria-labelledby="attention-title">
          <h2 id="attention-title">
            {t('list.attention')} <span class="count">{attention.length + beyond.attention}</span>
          </h2>
          <LoginList logins={attention} total={attention.length + beyond.attention} />
        </section>
      )}
      <p class="sr-only" role="status">
        {attention.length > 0 && t('list.newCount', attention.length + beyond.attention)}
      </p>
      <DoneSection data={data} />
    </>
  );
}

/** Complete, unlinked and repeat logins; read when the section is opened. */
function DoneSection({ data }: { data: PopupData }) {
  const { done, sections, clock } = usePopup();
  const { settled } = sections.value;
  const judged = useComputed(() => {
    const known = new Set(settled.map((j) => j.login.id));
    const rest = (done.logins.value ?? []).filter((l) => !known.has(l.id));
    return [...settled, ...judgeAll(rest, data.apps, clock.now.peek())];
  }).value;
  const total = data.doneCount + settled.length;
  if (total === 0) return null;
  return (
    <details
      class="done"
      data-testid="done"
      onToggle={(event) => event.currentTarget.open && void done.open()}
    >
      <summary>
        {t('list.done')} <span class="count">{total}</span>
        <span class="quiet">{t('list.doneHelp')}</span>
      </summary>
      {done.logins.value && (
        <>
          <LoginList logins={judged} total={judged.length} />
          {judged.length < total && (
            <Action does="more" run={() => done.more()}>
              {t('list.showMore')}
            </Action>
          )}
        </>
      )}
    </details>
  );
}
