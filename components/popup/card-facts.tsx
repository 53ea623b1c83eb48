import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../shared/button.tsx';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { CompletionFact, KindFact, VisibilityFact } from '../shared/login-facts.tsx';
import { siteName } from '../shared/site-name.ts';
import { t } from '../shared/text.ts';
import { usePopup } from './popup-context.ts';

/** Whether a login is a first login, what completes it, and whether its calls can be seen. */
export function CardFacts({ judged }: { judged: JudgedLogin }) {
  const { login, verdict } = judged;
  const state = usePopup();
  const unwatched = useUnwatched(
    verdict.visibilityBecause === 'no-site-access' ? login.site : null,
  );
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

/** The site, as long as it is not watched: it may be watched since a login on it could not be seen. */
function useUnwatched(site: string | null): string | null {
  const { ports, data } = usePopup();
  const isWatched = useSignal(true);
  useEffect(() => {
    if (site) void ports.isWatched(site).then((is) => (isWatched.value = is));
  }, [site, data.value]);
  return isWatched.value ? null : site;
}
