import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE_MS } from '../../utils/model/time.ts';
import { call, exchange, login, user } from '../unit/capture/har/har-entries.ts';

const RECORDED = join(import.meta.dirname, '../cases/v2-me.har');
const FIRST_AT = Date.UTC(2026, 10, 22, 3);
const FIRST_ACCOUNT = 4_000_000_000;

/** Writes a HAR of logins a minute apart, each of an account of its own; every third calls nothing. */
export type WriteHar = (path: string, logins: number) => void;

/** Entries with little more than what is read: the most work a byte. */
export const writeLeanHar: WriteHar = (path, logins) => {
  const head = { version: '1.2', creator: { name: 'bench', version: '1' } };
  writeEntries(path, head, logins, (i) => {
    const at = FIRST_AT + i * MINUTE_MS;
    const id = FIRST_ACCOUNT + i;
    const entries = [
      ...login(at, { more: '&prompt=login' }),
      exchange(at + 5000, { sub: String(id) }),
      ...(callsNothing(i) ? [] : [call(at + 6000, '/v2/user/me', { body: user(id, at + 3900) })]),
    ];
    return entries.map((entry) => JSON.stringify(entry));
  });
};

/** Entries as a recorder writes them, headers and bodies included: one recorded login over and over. */
export const writeRecordedHar: WriteHar = (path, logins) => {
  const { log } = JSON.parse(readFileSync(RECORDED, 'utf8')) as { log: { entries: object[] } };
  const { entries, ...head } = log;
  const texts = entries.map((entry) => JSON.stringify(entry));
  // The last one is the call.
  const withoutCall = texts.slice(0, -1);
  writeEntries(path, head, logins, (i) =>
    (callsNothing(i) ? withoutCall : texts).map((text) => asLoginOf(text, i)),
  );
};

const callsNothing = (i: number) => i % 3 === 0;

/** A recorded entry as one of a later login: with instants, code, tokens, state and account of its own. */
function asLoginOf(entry: string, i: number): string {
  const later = (at: string) => new Date(Date.parse(at) + i * MINUTE_MS);
  const number = String(i).padStart(8, '0');
  return entry
    .replace(/\d{4}-\d\d-\d\dT[\d:]+\.\d+Z/g, (at) => later(at).toISOString())
    .replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, (at) => later(at).toISOString().replace('.000Z', 'Z'))
    .replace(/\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT/g, (at) => later(at).toUTCString())
    .replace(/((?:CODE|AT|RT)-[\da-f]{24})[\da-f]{8}/g, `$1${number}`)
    .replace(/(s-0\.\d{5})\d{8,}/g, `$1${number}`)
    .replace(/40000000\d\d/g, String(FIRST_ACCOUNT + i));
}

function writeEntries(
  path: string,
  head: object,
  logins: number,
  entriesOf: (i: number) => string[],
): void {
  const file = openSync(path, 'w');
  writeSync(file, `{"log":${JSON.stringify(head).slice(0, -1)},"entries":[`);
  for (let i = 0; i < logins; i += 1) writeSync(file, (i ? ',' : '') + entriesOf(i).join(','));
  writeSync(file, ']}}');
  closeSync(file);
}
