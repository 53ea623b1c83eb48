/**
 * Builds the package in `out/cli`, or in the folder that is named: the command line and the fixture for Playwright, which need nothing installed, what
 * their libraries ask for in return (the licences), and the documents. `npm run pack` makes the tarball of it.
 */
import { chmodSync, copyFileSync, cpSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';
import { OLDEST_NODE } from '../bin/node-version.ts';
import manifest from '../package.json' with { type: 'json' };
import { gatherPackages, NOTICES_FILE, thirdPartyNotices } from './third-party-notices.ts';

const ROOT = join(import.meta.dirname, '..');
const OUT = resolve(process.argv[2] ?? join(ROOT, 'out/cli'));
/** Files and folders of docs/ that the package has: whatever its documents link to. */
const DOCUMENTS = [
  'package.md',
  'package.ko.md',
  'report.md',
  'report.schema.json',
  'emulator.md',
  'emulator.ko.md',
  'kakao-rules.md',
  'server-evidence.md',
  'server-evidence.ko.md',
  'recipes',
  'examples',
];
/** What running a recipe or the example leaves beside it. */
const LEFTOVERS = ['__pycache__', 'node_modules', 'test-results', 'playwright-report'];

const shipped = gatherPackages(join(ROOT, 'node_modules'));
await build({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  plugins: [shipped.plugin],
  ssr: { noExternal: true, external: ['@playwright/test'], target: 'node' },
  build: {
    ssr: true,
    outDir: OUT,
    emptyOutDir: true,
    copyPublicDir: false,
    target: `node${OLDEST_NODE}`,
    rolldownOptions: {
      input: { linkwatch: 'bin/linkwatch.ts', playwright: 'bin/playwright/index.ts' },
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name].mjs' },
    },
  },
});
chmodSync(join(OUT, 'linkwatch.mjs'), 0o755);
writeFileSync(join(OUT, NOTICES_FILE), thirdPartyNotices(shipped.folders));
copyFileSync(join(ROOT, 'bin/playwright/types.ts'), join(OUT, 'playwright.d.mts'));
copyFileSync(join(ROOT, 'LICENSE'), join(OUT, 'LICENSE'));
copyFileSync(join(ROOT, 'docs/package.md'), join(OUT, 'README.md'));
for (const name of DOCUMENTS)
  cpSync(join(ROOT, 'docs', name), join(OUT, 'docs', name), {
    recursive: true,
    filter: (source) => !LEFTOVERS.includes(basename(source)),
  });
writeFileSync(join(OUT, 'package.json'), `${JSON.stringify(packageManifest(), null, 2)}\n`);

/** The package's own manifest. It has no dependencies: everything is in the one file. */
function packageManifest() {
  const { name, version, license } = manifest;
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;
  return {
    name,
    version,
    description: 'Judges first Kakao logins in HAR files and Linkwatch reports.',
    license,
    type: 'module',
    bin: { linkwatch: 'linkwatch.mjs' },
    exports: {
      './playwright': { types: './playwright.d.mts', default: './playwright.mjs' },
      './package.json': './package.json',
    },
    files: ['*.mjs', '*.mts', 'chunks', NOTICES_FILE, 'docs'],
    // Whoever tests with Playwright has it; the command line does without.
    peerDependencies: { '@playwright/test': '>=1.49' },
    peerDependenciesMeta: { '@playwright/test': { optional: true } },
    engines: { node: `>=${OLDEST_NODE}` },
    // A provenance statement has to name the repository that the package was built in.
    publishConfig: { access: 'public', provenance: true },
    ...(server && repository
      ? { repository: { type: 'git', url: `git+${server}/${repository}.git` } }
      : {}),
  };
}
