/** What the listener for site responses costs a page: pairs with and without access to the site, interleaved. */
import { join } from 'node:path';
import { launch } from '../e2e/browser/launch.ts';
import { SITES } from '../e2e/sites.ts';
import { startEmulator } from '../emulator/index.ts';
import { formatSpread } from './spread.ts';

const ROUNDS = 9;
const REQUESTS = 200;

const emulator = await startEmulator();
const extensionDir = join(import.meta.dirname, '../../.output/chrome-mv3');
const browser = await launch('chromium', { extensionDir, emulator });
const page = await browser.newPage(SITES.server);

/** Milliseconds per response of a page that fetches one after the other. */
const once = () =>
  page.evaluate(async (count) => {
    const from = performance.now();
    for (let i = 0; i < count; i++) await (await fetch(`/received?${i}`)).text();
    return (performance.now() - from) / count;
  }, REQUESTS);

await once();
const without: number[] = [];
const withAccess: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const granted = round % 2 === 0 ? [false, true] : [true, false];
  for (const grant of granted) {
    await (grant ? browser.grant(SITES.server) : browser.revoke(SITES.server));
    await page.bringToFront();
    (grant ? withAccess : without).push(await once());
  }
}
console.log(`${REQUESTS} responses without the metric a run, ${ROUNDS} pairs, time a response:`);
console.log(`  site not granted: ${formatSpread(without)}`);
console.log(`  site granted:     ${formatSpread(withAccess)}`);
console.log(
  `  paired difference: ${formatSpread(withAccess.map((w, i) => w - (without[i] ?? 0)))}`,
);
await browser.close();
await emulator.close();
