/** A file of `docs/recipes`. */
interface Recipe {
  /** Below `docs/recipes`. */
  path: string;
  /** The platform it is for, as its folder is called. */
  folder: string;
  text: string;
}

const ROOT = '/docs/recipes/';

/** Taken in when the extension is built, since it makes no requests. */
const files = import.meta.glob<string>(
  ['/docs/recipes/**/*', '!/docs/recipes/**/*.{png,svg}', '!**/__pycache__/**'],
  { query: '?raw', import: 'default', eager: true },
);

const NAMES: Record<string, string> = {
  node: 'Node.js',
  python: 'Python',
  spring: 'Spring Boot',
  laravel: 'PHP / Laravel',
  nextjs: 'Next.js',
  playwright: 'Playwright',
};

/** Every recipe, in order of its path. */
export const recipes: readonly Recipe[] = Object.entries(files)
  .map(([file, text]) => {
    const path = file.slice(ROOT.length);
    const name = path.includes('/') ? (path.split('/')[0] ?? '') : '';
    return { path, folder: NAMES[name] ?? name, text };
  })
  .sort((a, b) => (a.path < b.path ? -1 : 1));
