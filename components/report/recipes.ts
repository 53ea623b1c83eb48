import type { Message } from '../../utils/i18n/message.ts';

/** A file of `docs/recipes`. */
interface Recipe {
  /** Below `docs/recipes`. */
  path: string;
  /** What it is for. */
  title: Message;
  text: string;
}

const ROOT = '/docs/recipes/';

/** The files are bundled when the extension is built, since it makes no requests. A team's database is no back end. */
const files = import.meta.glob<string>(
  [
    '/docs/recipes/**/*',
    '!/docs/recipes/**/*.{png,svg}',
    '!/docs/recipes/team/**',
    '!**/__pycache__/**',
  ],
  { query: '?raw', import: 'default', eager: true },
);

/** What each file is for; a text has one title, whatever its language. */
const TITLES: Record<string, Message> = {
  'README.md': ['report_page.recipe.readme'],
  'laravel/LinkwatchServerTiming.php': ['report_page.recipe.laravel'],
  'nextjs/instrumentation.ts': ['report_page.recipe.nextjs'],
  'node/linkwatch-server-timing.mjs': ['report_page.recipe.node'],
  'playwright.md': ['report_page.recipe.playwright'],
  'python/django_wsgi.py': ['report_page.recipe.django'],
  'python/linkwatch_server_timing.py': ['report_page.recipe.python'],
  'spring/LinkwatchCall.java': ['report_page.recipe.springCall'],
  'spring/LinkwatchConnections.java': ['report_page.recipe.springConnections'],
  'spring/LinkwatchOAuth2Login.java': ['report_page.recipe.springLogin'],
  'spring/LinkwatchServerTiming.java': ['report_page.recipe.spring'],
};

/** Every recipe, in order of its path. */
const recipes: readonly Recipe[] = Object.entries(files)
  .map(([file, text]) => {
    const path = file.slice(ROOT.length);
    const title = TITLES[path.replace(/\.ko\.md$/, '.md')];
    if (!title) throw new Error(`no title for ${path}`);
    return { path, title, text };
  })
  .sort((a, b) => (a.path < b.path ? -1 : 1));

/** The recipes for a reader of a language, in order of their paths: of a text in both languages the one in that. */
export function recipesIn(language: 'en' | 'ko'): Recipe[] {
  const paths = new Set(recipes.map(({ path }) => path));
  const isKorean = (path: string) => path.endsWith('.ko.md');
  const hasKorean = (path: string) =>
    path.endsWith('.md') && paths.has(path.replace(/md$/, 'ko.md'));
  return recipes.filter(({ path }) =>
    language === 'ko' ? isKorean(path) || !hasKorean(path) : !isKorean(path),
  );
}
