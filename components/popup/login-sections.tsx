import { CARDS_AT_A_TIME, MOST_LISTED, type PopupData } from '../../utils/store/popup-data.ts';
import { Button } from '../shared/button.tsx';
import { t } from '../shared/text.ts';
import { LoginList } from './login-list.tsx';
import { usePopup } from './popup-context.ts';

/** Open logins, then those that need attention, then the rest on demand. */
export function LoginSections({ data }: { data: PopupData }) {
  const { sections, isCurrent } = usePopup();
  const { open, attention } = sections.value;
  const { counts } = data;
  // A snapshot has only the first cards: the others are about to come.
  const more = (unlisted: number | null) => (isCurrent.value ? (unlisted ?? 0) : 0);
  // How many logins the store holds that were not read; null until they are counted.
  const unread = {
    open: counts && counts.open - data.open.length,
    attention: counts && counts.attention - data.attention.length,
  };
  return (
    <>
      {open.length > 0 && (
        <section data-testid="open" aria-labelledby="open-title">
          <h2 id="open-title">
            {t('list.open')} <Total listed={open.length} unread={unread.open} />
          </h2>
          <LoginList logins={open} unread={more(unread.open)} />
        </section>
      )}
      {attention.length > 0 && (
        <section data-testid="attention" aria-labelledby="attention-title">
          <h2 id="attention-title">
            {t('list.attention')} <Total listed={attention.length} unread={unread.attention} />
          </h2>
          <LoginList
            logins={attention}
            unread={more(unread.attention)}
            first={Math.max(0, CARDS_AT_A_TIME - open.length)}
          />
        </section>
      )}
      <p class="sr-only" role="status">
        {attention.length > 0 &&
          unread.attention !== null &&
          t('list.newCount', attention.length + unread.attention)}
      </p>
      <DoneSection data={data} />
    </>
  );
}

/** How many logins a section has. A full list has a plus until its logins are counted. */
function Total({ listed, unread }: { listed: number; unread: number | null }) {
  const more = unread === null && listed >= MOST_LISTED ? '+' : '';
  return <span class="count">{`${listed + (unread ?? 0)}${more}`}</span>;
}

/** Complete, unlinked and repeat logins; read when the section is opened. */
function DoneSection({ data }: { data: PopupData }) {
  const { done, sections, judgedDone } = usePopup();
  const { value: judged } = judgedDone;
  // Those that wait for the tester's word are counted as done, but listed above.
  const total = (data.counts?.done ?? 0) - data.unanswered.length + sections.value.settled.length;
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
          <LoginList logins={judged} unread={0} />
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
