import { captureHar } from '../../capture/har/capture-har.ts';
import type { HarFile } from '../../capture/har/har-file.ts';
import type { Report } from '../document.ts';
import { reevaluate, type ImportedFile } from './reevaluate.ts';

export interface HarImport {
  /** What the session is to be called, such as the file's name. */
  name: string;
  generator: Pick<Report['generator'], 'name' | 'version'>;
  /** Bytes of the whole file, where they are known beforehand: one that is too large is refused at once. */
  size?: number;
  /** Epoch ms; also the instant of judgement. */
  generatedAt: number;
}

/**
 * Judges a HAR's traffic as of `generatedAt`; `judgeAgain` takes any other instant. User ids become numbered names that mean nothing outside the file, so that the same file
 * always gives the same observations and no id can be guessed from them.
 */
export async function importHar(file: HarFile, options: HarImport): Promise<ImportedFile> {
  const start = startOf(file.entries);
  const users = new Map<string, string>();
  const observations = await captureHar(file.entries, async (userId) => {
    const known = users.get(userId) ?? `har-${start}-user-${users.size + 1}`;
    users.set(userId, known);
    return known;
  });
  const last = observations.reduce((at, o) => Math.max(at, o.at), start);
  const iso = (at: number) => new Date(at).toISOString();
  return reevaluate(
    {
      about: null,
      observations,
      takenAt: last,
      report: {
        session: {
          id: `har-${start}`,
          name: options.name.slice(0, 200),
          startedAt: observations.length ? iso(start) : null,
          endedAt: observations.length ? iso(last) : null,
          tester: '',
          build: '',
          notes: '',
        },
        generator: { ...options.generator, browser: file.recorder },
        generatedAt: iso(options.generatedAt),
        counts: { dropped: 0 },
      },
    },
    options.generatedAt,
    { wholeClientIds: true },
  );
}

/** Start of the earliest entry, epoch ms; 0 where there is none. */
function startOf(entries: readonly unknown[]): number {
  const starts = entries.flatMap((entry) => {
    const at = Date.parse(String((entry as { startedDateTime?: unknown } | null)?.startedDateTime));
    return at >= 0 ? [at] : [];
  });
  return starts.reduce((a, b) => Math.min(a, b), starts[0] ?? 0);
}
