/** Builds the command line as one JavaScript file that needs nothing installed: `out/cli/linkwatch.mjs`. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { gatherPackages, NOTICES_FILE, thirdPartyNotices } from './third-party-notices.ts';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'out/cli');

const shipped = gatherPackages(join(ROOT, 'node_modules'));
await build({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  plugins: [shipped.plugin],
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
writeFileSync(join(OUT, NOTICES_FILE), thirdPartyNotices(shipped.folders));
