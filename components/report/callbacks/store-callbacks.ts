import { hashedCallback, type CallbackLog } from '../../../utils/capture/callback-log.ts';
import type { ReadCallback } from '../../../utils/model/command.ts';
import type { ReportState } from '../report-state.ts';

/** As many callbacks as the worker takes with one command. */
const BATCH = 2000;

type NeededState = Pick<ReportState, 'records' | 'ports' | 'send'>;

/**
 * Stores the callbacks of a log that are not stored yet, user ids hashed. Resolves to how many were new, or to null
 * where the worker refused them.
 */
export async function storeCallbacks(
  state: NeededState,
  entries: CallbackLog['entries'],
): Promise<number | null> {
  const fresh = await findNewCallbacks(state, entries);
  // What is learned now belongs to a session of now, however long ago the log's first line was.
  const isOpen = state.records.value?.sessions.some((s) => s.endedAt === null);
  if (fresh.length && !isOpen && !(await state.send({ type: 'session', begin: true }))) return null;
  for (let i = 0; i < fresh.length; i += BATCH)
    if (!(await state.send({ type: 'callbacks', read: fresh.slice(i, i + BATCH) }))) return null;
  return fresh.length;
}

async function findNewCallbacks(
  { records, ports }: NeededState,
  entries: CallbackLog['entries'],
): Promise<ReadCallback[]> {
  const stored = new Set(
    (records.value?.rows ?? []).flatMap((o) =>
      o.type === 'unlink-callback' ? keyOf({ ...o, at: o.timeKnown ? o.at : undefined }) : [],
    ),
  );
  const fresh = new Map<string, ReadCallback>();
  for (const entry of entries) {
    const callback = await hashedCallback(entry, ports.hashUserId);
    if (!stored.has(keyOf(callback))) fresh.set(keyOf(callback), callback);
  }
  return [...fresh.values()];
}

interface KeyParts {
  /** Epoch ms; undefined where the log named no time. */
  at?: number;
  appId: string | null;
  account: string | null;
  referrerType: string;
}

/** Returns what tells one callback from another. */
function keyOf({ at, appId, account, referrerType }: KeyParts): string {
  return [at ?? '', appId ?? '', account, referrerType].join(' ');
}
