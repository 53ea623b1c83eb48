import * as v from 'valibot';
import { DIMENSIONS } from './logins/login-row.ts';

const Filter = v.object({
  text: v.fallback(v.string(), ''),
  ...v.entriesFromList(DIMENSIONS, v.fallback(v.string(), '')),
});
const SavedFilter = v.object({ name: v.string(), filter: Filter });

const Memory = v.object({
  /** Filters that were kept, the oldest first. */
  filters: v.fallback(v.array(SavedFilter), []),
  /** The list's share of the width beside a login, in percent; null where nobody moved the divider. */
  listShare: v.fallback(v.nullable(v.number()), null),
});

/** A filter that was kept, by its name. */
export type SavedFilter = v.InferOutput<typeof SavedFilter>;
/** What the page remembers between visits. */
export type PageMemory = v.InferOutput<typeof Memory>;

interface MemoryPort {
  read(): string | null;
  write(text: string): void;
}

/** Returns what the page remembers; nothing of what cannot be read. */
export function recall(memory: MemoryPort): PageMemory {
  let value: unknown = {};
  try {
    value = JSON.parse(memory.read() ?? '{}');
  } catch {
    // What is no JSON is forgotten.
  }
  const remembered = v.safeParse(Memory, value);
  return remembered.success ? remembered.output : { filters: [], listShare: null };
}

/** Remembers something more; the rest stays. */
export function remember(memory: MemoryPort, change: Partial<PageMemory>): void {
  memory.write(JSON.stringify({ ...recall(memory), ...change }));
}
