import { MINUTE_MS, SECOND_MS } from '../../../model/time.ts';
import { secretOf } from '../../recorded-secret.ts';
import type { HarEntry } from '../entry/har-entry.ts';
import { pagerefOf, startOfEntry } from '../entry/raw-entry.ts';
import { readEntries, type StartedEntry } from '../entry/read-entry.ts';
import { issuedTokens } from '../token/har-tokens.ts';
import { mostKakaoAhead } from './clock-ahead.ts';
import { MOST_BACK, noteJoins } from './har-joins.ts';

/** A clock that is set back within a recording jumps at least this far: the order in a file may differ by less. */
export const JUMP_MS = MINUTE_MS;
/** So many starts do not all fall on whole seconds by chance. */
const ENOUGH_STARTS = 3;

/**
 * Sorts entries of any shape by their start; those that do not say it are left out, and so is what a file holds twice. Where
 * a page's entries once jump back in a file that is in order otherwise, the clock did, and what follows stays behind what
 * came before.
 */
export function inOrderOfStart(entries: readonly unknown[]): StartedEntry[] {
  const all: StartedEntry[] = [];
  for (const entry of entries) {
    const at = startOfEntry(entry);
    if (at !== null) all.push({ entry, at, clockStep: 1, part: 0 });
  }
  const { started, copied } = withoutCopies(all);
  noteClockStep(started);
  const jump = noteJoins(started) ? null : findClockJump(started, copied);
  const parts = jump === null ? [started] : [started.slice(0, jump), started.slice(jump)];
  return parts.flatMap((part) => part.sort((a, b) => a.at - b.at));
}

/** Notes that a recorder wrote whole seconds: what then tells which entry came first is their order in the file. */
function noteClockStep(started: readonly StartedEntry[]): void {
  if (started.length < ENOUGH_STARTS || started.some(({ at }) => at % SECOND_MS !== 0)) return;
  for (const one of started) one.clockStep = SECOND_MS;
}

/** Entries without copies of earlier ones, word for word, as joined recordings have them; and which ones were copied. */
function withoutCopies(all: readonly StartedEntry[]): {
  started: StartedEntry[];
  copied: Set<StartedEntry>;
} {
  const copied = new Set<StartedEntry>();
  const firstThen = new Map<number, StartedEntry>();
  const saidThen = new Map<number, Map<string, StartedEntry>>();
  const started = all.filter((one) => {
    const first = firstThen.get(one.at);
    if (!first) {
      firstThen.set(one.at, one);
      return true;
    }
    const said = saidThen.get(one.at) ?? new Map([[JSON.stringify(first.entry), first]]);
    const text = JSON.stringify(one.entry);
    const original = said.get(text);
    if (original) copied.add(original);
    else said.set(text, one);
    saidThen.set(one.at, said);
    return !original;
  });
  return { started, copied };
}

/** The place of the first entry after the clock was set back, in the order of the file; null where it was not. */
function findClockJump(
  started: readonly StartedEntry[],
  copied: ReadonlySet<StartedEntry>,
): number | null {
  const jump = onlyJumpBack(started);
  if (jump === null) return null;
  const [before, after] = [started.slice(0, jump), started.slice(jump)];
  const isSetBack =
    goesOn(before, after) &&
    !isOfEarlierRecording(before, after, copied) &&
    !isUsedBeforeIssued(before, after) &&
    !isByOneClock(before, after);
  return isSetBack ? jump : null;
}

/**
 * The place of the only entry that starts long before the one ahead of it; null where there are none or several, or where the
 * file is in another order. Most recorders write in the order of the start; one that writes backwards goes back all the time.
 */
function onlyJumpBack(started: readonly StartedEntry[]): number | null {
  const jumps: number[] = [];
  let back = 0;
  let before = -Infinity;
  for (const [i, { at }] of started.entries()) {
    if (at < before) back += 1;
    if (at - before < -JUMP_MS) jumps.push(i);
    before = at;
  }
  const [jump = null, ...others] = jumps;
  const isInOrder = back <= 1 + started.length * MOST_BACK;
  return isInOrder && others.length === 0 ? jump : null;
}

/**
 * Whether entries go on with the page of those ahead of them, or use what only those can have given them. Otherwise they may be
 * of another recording in the same file, of which either may come first.
 */
function goesOn(before: readonly StartedEntry[], after: readonly StartedEntry[]): boolean {
  const page = pagerefOf(after[0]?.entry);
  const isOnePage = Boolean(page) && page === pagerefOf(before.at(-1)?.entry);
  return isOnePage || isUsedAheadOfTime(before, after);
}

/** Whether entries are of a recording that began before the one ahead of them: they go on into copies of entries of that. */
function isOfEarlierRecording(
  before: readonly StartedEntry[],
  after: readonly StartedEntry[],
  copied: ReadonlySet<StartedEntry>,
): boolean {
  const hasCopied = (part: readonly StartedEntry[]) => part.some((one) => copied.has(one));
  return hasCopied(before) && !hasCopied(after);
}

/** Whether Kakao's answers show the clock behind theirs by no more than in the entries ahead: two recordings by one clock. */
function isByOneClock(before: readonly StartedEntry[], after: readonly StartedEntry[]): boolean {
  const [first = null, second = null] = [before, after].map(mostKakaoAhead);
  return first !== null && second !== null && second - first < JUMP_MS / 2;
}

/** Whether a code or a token is used in entries, long before it was issued in those ahead of them by what the clock said. */
function isUsedAheadOfTime(
  before: readonly StartedEntry[],
  after: readonly StartedEntry[],
): boolean {
  const issuedAt = new Map<string | null, number>();
  for (const entry of readEntries(before))
    for (const secret of secretsIssuedBy(entry)) issuedAt.set(secret, entry.at);
  const isAhead = (entry: HarEntry) =>
    secretsUsedBy(entry).some((used) => (issuedAt.get(used) ?? -Infinity) - entry.at > JUMP_MS);
  return readEntries(after).some(isAhead);
}

/** Whether a code or a token is used in entries before those that issue it: their order is not that of time. */
function isUsedBeforeIssued(
  before: readonly StartedEntry[],
  after: readonly StartedEntry[],
): boolean {
  const used = new Set(readEntries(before).flatMap(secretsUsedBy));
  return readEntries(after).some((entry) => secretsIssuedBy(entry).some((s) => used.has(s)));
}

/** The code and the tokens that Kakao issues by an entry, as far as the recorder left them. */
function secretsIssuedBy({ isToKakao, location, body }: HarEntry): string[] {
  if (!isToKakao) return [];
  const texts = [location?.searchParams.get('code'), ...issuedTokens(body)];
  return texts.flatMap((text) => secretOf(text) ?? []);
}

/** The token and the code that an entry uses, null where it has none. */
function secretsUsedBy({ bearer, url }: HarEntry): (string | null)[] {
  return [bearer, url.searchParams.get('code')];
}
