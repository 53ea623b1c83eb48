/** A file of `docs/recipes`. */
interface Recipe {
  /** Below `docs/recipes`. */
  path: string;
  /** The platform it is for, by the name of its folder. */
  platform: string;
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

const PLATFORM_NAMES: Record<string, string> = {
  node: 'Node.js',
  python: 'Python',
  spring: 'Spring Boot',
  laravel: 'PHP / Laravel',
  nextjs: 'Next.js',
  playwright: 'Playwright',
};

/** Every recipe, in order of its path. */
const recipes: readonly Recipe[] = Object.entries(files)
  .map(([file, text]) => {
    const path = file.slice(ROOT.length);
    const name = path.includes('/') ? (path.split('/')[0] ?? '') : '';
    return { path, platform: PLATFORM_NAMES[name] ?? name, text };
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
