import { useComputed } from '@preact/signals';
import { LIMIT, type PopupData } from '../../utils/store/popup-data.ts';
import { Button } from '../shared/button.tsx';
import { judgeLogins } from '../shared/judged-login.ts';
import { AT_ONCE, LoginList } from './login-list.tsx';
import { usePopup } from './popup-context.ts';
import { t } from '../shared/text.ts';

/** Open logins, then those that need attention, then the rest on demand. */
export function LoginSections({ data }: { data: PopupData }) {
  const { open, attention } = usePopup().sections.value;
  const { counts } = data;
  // What the store counts beyond what it handed over; null until it has counted.
  const beyond = {
    open: counts && counts.open - data.open.length,
    attention: counts && counts.attention - data.attention.length,
  };
  return (
    <>
      <section data-testid="open" aria-labelledby="open-title">
        <h2 id="open-title">
          {t('list.open')} <Total listed={open.length} beyond={beyond.open} />
        </h2>
        {open.length === 0 && <p class="quiet">{t('list.openNone')}</p>}
        <LoginList logins={open} beyond={beyond.open ?? 0} />
      </section>
      {attention.length > 0 && (
        <section data-testid="attention" aria-labelledby="attention-title">
          <h2 id="attention-title">
            {t('list.attention')} <Total listed={attention.length} beyond={beyond.attention} />
          </h2>
          <LoginList
            logins={attention}
            beyond={beyond.attention ?? 0}
            first={Math.max(0, AT_ONCE - open.length)}
          />
        </section>
      )}
      <p class="sr-only" role="status">
        {attention.length > 0 &&
          beyond.attention !== null &&
          t('list.newCount', attention.length + beyond.attention)}
      </p>
      <DoneSection data={data} />
    </>
  );
}

/** How many logins a section has. A list that is cut off is longer than it is known to be until it is counted. */
function Total({ listed, beyond }: { listed: number; beyond: number | null }) {
  const more = beyond === null && listed >= LIMIT ? '+' : '';
  return <span class="count">{`${listed + (beyond ?? 0)}${more}`}</span>;
}

/** Complete, unlinked and repeat logins; read when the section is opened. */
function DoneSection({ data }: { data: PopupData }) {
  const { done, sections, clock } = usePopup();
  const { settled } = sections.value;
  const judged = useComputed(() => {
    const known = new Set(settled.map((j) => j.login.id));
    const rest = (done.logins.value ?? []).filter((l) => !known.has(l.id));
    return [...settled, ...judgeLogins(rest, data.apps, clock.now.peek())];
  }).value;
  const total = (data.counts?.done ?? 0) + settled.length;
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
          <LoginList logins={judged} beyond={0} />
          {judged.length < total && (
            <Button action="more" onClick={() => done.more()}>
              {t('list.showMore')}
            </Button>
          )}
        </>
      )}
    </details>
  );
}
