import type { Judged } from './judged.ts';
import { LoginCard } from './login-card.tsx';
import { t } from './text.ts';

/** Cards of logins, and how many more there are beyond them. */
export function LoginList({ logins, total }: { logins: readonly Judged[]; total: number }) {
  const hidden = total - logins.length;
  return (
    <>
      <ul class="cards">
        {logins.map((judged) => (
          <li key={judged.login.id}>
            <LoginCard judged={judged} />
          </li>
        ))}
      </ul>
      {hidden > 0 && <p class="quiet">{t('list.more', hidden)}</p>}
    </>
  );
}
