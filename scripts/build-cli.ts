/** Builds the command line as one JavaScript file that needs nothing installed: `out/cli/linkwatch.mjs`. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'out/cli');

await build({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'bin/linkwatch.ts',
    outDir: OUT,
    emptyOutDir: true,
    copyPublicDir: false,
    target: 'node22',
    rolldownOptions: { output: { entryFileNames: 'linkwatch.mjs' } },
  },
});
chmodSync(join(OUT, 'linkwatch.mjs'), 0o755);
