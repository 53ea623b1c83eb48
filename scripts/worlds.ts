/**
 * Judges made-up worlds whose truth is known. `npm run worlds [-- kind…]`, with WORLDS (all together, 200,000 by default)
 * and SEED in the environment. Prints a table, and the smallest histories in which the judge is surely wrong.
 * `npm run worlds -- mixed` plays worlds of any two kinds together, and prints the rows of those in which it is.
 * `npm run worlds -- plain:21` prints one world: its history made small, and what the judge is given of that. A name
 * after it keeps the small history as a regression.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { observationsOf } from '../test/worlds/judge-world.ts';
import { KINDS, makeHistory, MIXED_KINDS } from '../test/worlds/kinds.ts';
import { explain, runKind, type Tally } from '../test/worlds/run-kind.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const asked = process.argv.slice(2);
const [first, regression] = asked;
if (first?.includes(':')) {
  const [kind = '', number] = first.split(':');
  refuseUnknown([kind]);
  if (regression && !/^[a-z\d-]+$/.test(regression))
    refuse(`"${regression}" is no name of a regression, such as late-call-counts`);
  const { text, history, reason } = await explain(makeHistory(kind, Number(number)));
  say(text);
  for (const { observation, trueAt } of await observationsOf(history))
    say(`${new Date(trueAt).toISOString()} ${JSON.stringify(observation)}`);
  if (regression) {
    const path = join(import.meta.dirname, `../test/worlds/regressions/${regression}.json`);
    writeFileSync(path, JSON.stringify(history));
    spawnSync(join(import.meta.dirname, '../node_modules/.bin/oxfmt'), [path], {
      stdio: 'inherit',
    });
    if (!reason)
      say('Nothing is surely wrong in it, so all of it was kept: before a mend it is made small.');
  }
  process.exit(0);
}
const isMixed = first === 'mixed';
const chosen = asked.length ? asked : Object.keys(KINDS);
const names = isMixed ? Object.keys(MIXED_KINDS) : chosen;
refuseUnknown(names);
const worlds = Math.ceil(Number(process.env['WORLDS'] ?? 200_000) / names.length);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const shown = Number(process.env['SHOW'] ?? 3);

const percent = (part: number, all: number) => (all ? `${((100 * part) / all).toFixed(1)} %` : '-');
say(`seed ${seed}, ${worlds} worlds a kind`);
say('');
say(
  '| kind | logins | certain | surely wrong | doubt, all open | doubt, all | vanished | undecidable |',
);
say('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
const tallies: Tally[] = [];
const began = performance.now();
for (const name of names) {
  const t = await runKind(name, worlds, seed);
  tallies.push(t);
  if (isMixed && !t.wrong) continue;
  say(
    `| ${name} | ${t.logins} | ${t.certain} | ${t.wrong} | ${percent(t.open.doubtful, t.open.logins)} of ${t.open.logins} | ${percent(t.doubtful, t.logins)} | ${t.vanished} | ${t.undecidable} |`,
  );
}
say('');
const sum = (of: (tally: Tally) => number) => tallies.reduce((all, t) => all + of(t), 0);
say(
  `${tallies.length} kinds, ${sum((t) => t.logins)} logins, ${sum((t) => t.certain)} certain, ${sum((t) => t.wrong)} surely wrong; ${((performance.now() - began) / 1000).toFixed(1)} s`,
);
for (const t of tallies) {
  if (!t.wrong) continue;
  say('');
  say(`## ${t.kind}`);
  for (const [reason, times] of [...t.reasons].sort((a, b) => b[1] - a[1]))
    say(`- ${times} worlds: ${reason}`);
  if (!shown) continue;
  const small = await Promise.all(t.failures.map(explain));
  const byReason = new Map<string, (typeof small)[number]>();
  for (const one of small.sort((a, b) => a.actions - b.actions))
    if (!byReason.has(one.reason)) byReason.set(one.reason, one);
  for (const { text } of [...byReason.values()].slice(0, shown))
    say(`\n\`\`\`text\n${text}\n\`\`\``);
}
if (tallies.some((t) => t.wrong)) process.exitCode = 1;

function refuseUnknown(kinds: readonly string[]): void {
  const unknown = kinds.find((name) => !(name in KINDS) && !(name in MIXED_KINDS));
  if (unknown !== undefined)
    refuse(`no kind "${unknown}"; there are ${Object.keys(KINDS).join(', ')}`);
}

function refuse(why: string): never {
  console.error(why);
  process.exit(2);
}
