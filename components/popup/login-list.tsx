import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { CARDS_AT_A_TIME } from '../../utils/store/popup-data.ts';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { t } from '../shared/text.ts';
import { LoginCard } from './login-card.tsx';

interface Props {
  logins: readonly JudgedLogin[];
  /** How many more logins there are than were read. */
  unread: number;
  /** How many cards are drawn first. */
  first?: number;
}

/** Cards of logins, and how many more logins there are. */
export function LoginList({ logins, unread, first = CARDS_AT_A_TIME }: Props) {
  const shown = useSignal(first);
  useEffect(() => {
    if (shown.value >= logins.length) return;
    const timer = setTimeout(() => (shown.value += CARDS_AT_A_TIME));
    return () => clearTimeout(timer);
  }, [shown.value, logins.length]);
  return (
    <>
      <ul class="logins">
        {logins.slice(0, shown.value).map((judged) => (
          <li key={judged.login.id}>
            <LoginCard judged={judged} />
          </li>
        ))}
      </ul>
      {unread > 0 && <p class="quiet">{t('list.more', unread)}</p>}
    </>
  );
}
