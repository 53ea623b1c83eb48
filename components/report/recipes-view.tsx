import { Button } from '../shared/button.tsx';
import { RichText } from '../shared/rich-text.tsx';
import { t } from '../shared/text.ts';
import { recipesIn } from './recipes.ts';
import { useReport } from './report-context.ts';
import { ScrollingText } from './scrolling-text.tsx';

/** An example of the header that the recipes write. */
const HEADER_EXAMPLE =
  'Server-Timing: kakao;desc="POST /oauth/token 200", kakao;desc="GET /v2/user/me 200"';

/** The back-end recipes, shipped with the extension: each a file to drop in. */
export function RecipesView() {
  const state = useReport();
  return (
    <section aria-labelledby="recipes-title" data-testid="recipes">
      <h2 id="recipes-title">{t('report_page.recipesTitle')}</h2>
      <p>
        <RichText text={['report_page.recipesHelp']} />
      </p>
      <ScrollingText label={t('report_page.recipeHeader')} text={HEADER_EXAMPLE} />
      {recipesIn(t.language).map(({ path, title, text }) => (
        <details key={path} class="panel recipe" data-recipe={path}>
          <summary>
            <b>
              <RichText text={title} />
            </b>{' '}
            <code>{path.split('/').at(-1)}</code>
          </summary>
          <div class="row">
            <Button action="copy-recipe" onClick={() => state.copy(text)}>
              {t('report_page.copyFile')}
            </Button>
            <Button
              action="save-recipe"
              onClick={() =>
                state.ports.save(
                  path.split('/').at(-1) ?? path,
                  new Blob([text], { type: 'text/plain' }),
                )
              }
            >
              {t('report_page.saveFile')}
            </Button>
          </div>
          <ScrollingText label={path} text={text} />
        </details>
      ))}
    </section>
  );
}
