import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Judged } from './judged.ts';
import { LoginCard } from './login-card.tsx';
import { t } from './text.ts';

/** About as many as fit into a popup; the rest follow once these are on screen, so that nobody waits for what is below. */
const AT_ONCE = 3;

/** Cards of logins, and how many more there are beyond them. */
export function LoginList({ logins, beyond }: { logins: readonly Judged[]; beyond: number }) {
  const shown = useSignal(AT_ONCE);
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
