// Generates the types that WXT gives the sources; npm runs it after every installation.
// Plain JavaScript without imports from node_modules: where development packages are left out, WXT is not there.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

if (existsSync(fileURLToPath(new URL('../node_modules/wxt', import.meta.url)))) {
  // WXT's program is a .cmd file on Windows, which only a shell starts.
  const { status } = spawnSync('wxt prepare --level warn', { stdio: 'inherit', shell: true });
  process.exit(status ?? 1);
}
