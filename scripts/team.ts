import {
  startClickHouse,
  QUERIES,
  queryText,
  whyNoClickHouse,
} from '../test/recipes/clickhouse.ts';
import { generatedLogins } from '../test/recipes/generated-logins.ts';
import { importCase } from '../test/unit/report/samples.ts';
import { translateIn } from '../utils/i18n/translate-in.ts';
import { writeNdjson } from '../utils/report/formats/ndjson.ts';
/**
 * Tries the team's database: installs ClickHouse where apt is the way, starts it on loopback, loads generated logins, asks
 * every query and says how long each took. `npm run team`; `npm run team -- 50000` for another number than a million.
 */
import { installPackages, missingPackages } from './debian-packages.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const missing = missingPackages(['clickhouse-server']);
const failed = missing.length > 0 ? installPackages(missing, console.log) : null;
const why = failed ?? whyNoClickHouse();
if (why) {
  console.error(`No ClickHouse: ${why}`);
  process.exit(1);
}

const { report } = await importCase('v2-me');
const sample = JSON.parse(writeNdjson(report, translateIn('en'))) as Record<string, unknown>;
const seconds = async (work: () => Promise<unknown>) => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};

const database = await startClickHouse();
try {
  const made = generatedLogins(count, sample, Date.now());
  const took = await seconds(() => database.load('logins', made));
  const rate = Math.round(count / took);
  console.log(`${count} logins loaded in ${took.toFixed(1)} s: ${rate} rows per second`);
  const [size] = await database.ask(
    "SELECT sum(rows) AS n, sum(bytes) AS bytes FROM system.parts WHERE table = 'logins' AND active",
  );
  const bytes = Number(size?.['bytes']) / Number(size?.['n']);
  console.log(`${bytes.toFixed(0)} bytes a login on disk`);
  for (const name of QUERIES) {
    let rows = 0;
    const lasted = await seconds(async () => {
      rows = (await database.ask(queryText(name))).length;
    });
    console.log(`${name}: ${rows} rows in ${lasted.toFixed(2)} s`);
  }
} finally {
  await database.close();
}
