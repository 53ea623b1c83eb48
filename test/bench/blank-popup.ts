import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { build } from 'wxt';

/** Builds an extension for Chromium whose popup is a line of text by WXT and Preact; returns its folder. */
export async function buildBlankPopup(): Promise<string> {
  const outDir = join(import.meta.dirname, '../../out/blank');
  await build({
    root: join(import.meta.dirname, 'blank'),
    configFile: false,
    outDir,
    imports: false,
    manifestVersion: 3,
    manifest: { name: 'Blank', version: '1' },
    vite: () => ({ plugins: [preact()], logLevel: 'error' }),
  });
  return join(outDir, 'chrome-mv3');
}
