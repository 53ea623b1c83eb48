import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { LoginCard } from './login-card.tsx';
import { t } from '../shared/text.ts';

/** About as many cards as fit into a popup; the rest follow once these are on screen, so that nobody waits for what is below. */
export const AT_ONCE = 3;

interface Props {
  logins: readonly JudgedLogin[];
  /** How many there are that were not handed over. */
  beyond: number;
  /** Cards shown at once. */
  first?: number;
}

/** Cards of logins, and how many more there are beyond them. */
export function LoginList({ logins, beyond, first = AT_ONCE }: Props) {
  const shown = useSignal(first);
  useEffect(() => {
    if (shown.value >= logins.length) return;
    const timer = setTimeout(() => (shown.value += AT_ONCE));
    return () => clearTimeout(timer);
  }, [shown.value, logins.length]);
  return (
    <>
      <ul class="cards">
        {logins.slice(0, shown.value).map((judged) => (
          <li key={judged.login.id}>
            <LoginCard judged={judged} />
          </li>
        ))}
      </ul>
      {beyond > 0 && <p class="quiet">{t('list.more', beyond)}</p>}
    </>
  );
}
