import { siteName } from '../../utils/model/site-name.ts';
import { Button } from '../shared/button.tsx';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { CompletionFact, KindFact, VisibilityFact } from '../shared/login-facts.tsx';
import { t } from '../shared/text.ts';
import { usePopup } from './popup-context.ts';

/** Whether a login is a first login, what completes it, and whether its calls can be seen. */
export function CardFacts({ judged }: { judged: JudgedLogin }) {
  const { login, verdict } = judged;
  const state = usePopup();
  const { site } = login;
  // It may be watched since a login on it could not be seen.
  const isWatched = site !== null && (state.data.value?.watched.has(site) ?? false);
  const unwatched = verdict.visibilityBecause === 'no-site-access' && !isWatched ? site : null;
  return (
    <dl class="facts">
      <KindFact login={login} />
      <CompletionFact verdict={verdict} />
      <VisibilityFact verdict={verdict}>
        {unwatched && (
          <Button
            kind="link"
            action="watch-site"
            onClick={() => state.ask(() => state.ports.watch(unwatched))}
          >
            {t('visibility.watchSite', [siteName(unwatched)])}
          </Button>
        )}{' '}
        {verdict.visibility === 'none' && (
          <Button
            kind="link"
            action="recipes"
            onClick={() => state.run(() => state.ports.openReport('#recipes'))}
          >
            {t('visibility.recipes')}
          </Button>
        )}
      </VisibilityFact>
    </dl>
  );
}
