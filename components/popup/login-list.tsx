import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { LoginCard } from './login-card.tsx';
import { t } from '../shared/text.ts';

/** How many cards are drawn at a time: about as many as fit into a popup, so that nobody waits for what is below. */
export const CARDS_AT_A_TIME = 8;

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
