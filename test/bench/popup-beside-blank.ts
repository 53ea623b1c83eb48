import { launch } from '../e2e/browser/launch.ts';
import { command } from '../e2e/extension-api.ts';
import { SITES } from '../e2e/sites.ts';
import { startEmulator } from '../emulator/index.ts';
import { buildBlankPopup } from './blank-popup.ts';
import { fill, MANY } from './many-logins.ts';
import { timePopup, type Opening } from './popup-time.ts';
import { formatSpread, spread, verdictOn } from './spread.ts';

/** How many times as long the popup's data may take with many logins stored as a blank popup's. */
const BUDGET = 1.5;
const OPENINGS = 12;

/**
 * Opens the popup with many logins stored and a blank one in turn, each in a Chromium of its own, and says how many
 * times as long the first takes to show its data. The worker is running.
 */
export async function benchPopup(extensionDir: string): Promise<void> {
  const emulator = await startEmulator();
  const shared = { emulator, unattached: '/popup.html' };
  const ours = await launch('chromium', { ...shared, extensionDir, grants: [SITES.page] });
  const blank = await launch('chromium', { ...shared, extensionDir: await buildBlankPopup() });
  const times: Record<'many' | 'blank', Opening[]> = { many: [], blank: [] };
  try {
    await fill(ours, MANY, Date.now());
    const site = await ours.newPage(SITES.page);
    const blankSite = await blank.newPage(SITES.page);
    // The first opening of each is not counted: it reads from cold files.
    await timePopup(ours, site);
    await timePopup(blank, blankSite);
    const open = {
      many: async () => {
        await command(ours, { type: 'label', login: 'none', label: '' });
        times.many.push(await timePopup(ours, site));
      },
      blank: async () => void times.blank.push(await timePopup(blank, blankSite)),
    };
    for (let i = 0; i < OPENINGS; i += 1)
      for (const which of i % 2 ? (['blank', 'many'] as const) : (['many', 'blank'] as const))
        await open[which]();
    sayPopups(times.blank, times.many);
  } finally {
    await ours.close();
    await blank.close();
    await emulator.close();
  }
}

/** Says when the data of each is in the page, and how many times as long the popup takes as a blank one. */
function sayPopups(blank: readonly Opening[], many: readonly Opening[]): void {
  const of = (openings: readonly Opening[]) => ({
    parsed: openings.map((o) => o.parsed),
    data: openings.map((o) => o.data),
  });
  const [none, stored] = [of(blank), of(many)];
  const times = spread(stored.data).median / spread(none.data).median;
  console.log(`\npopup, in Chromium, ${MANY} logins stored`);
  console.log(`  blank popup: page read         ${formatSpread(none.parsed)}`);
  console.log(`  blank popup: data in the page  ${formatSpread(none.data)}`);
  console.log(`  popup: page read               ${formatSpread(stored.parsed)}`);
  console.log(`  popup: data in the page        ${formatSpread(stored.data)}`);
  console.log(`  popup beside blank: ${times.toFixed(2)} times  ${verdictOn(times, BUDGET)}`);
}
