import { maskClientId } from '../utils/kakao/mask-client-id.ts';
import type { LinkMode } from '../utils/model/observation.ts';
import { hashAppKey, keyHashesOf } from '../utils/report/app-key-hash.ts';
import type { FileContents } from '../utils/report/import/file-contents.ts';
import type { ReportObservation } from '../utils/report/replay/replay-observations.ts';

/** The user's word on the link mode of an app. */
export interface SetMode {
  clientId: string;
  linkMode: LinkMode;
}

/**
 * Adds to what a file told the user's word on the link mode of its apps, as a tester's observation: the last, and not
 * after `at` (epoch ms). An app is found by its key, also where the file has it masked. Says which were found.
 */
export function withLinkModes(
  contents: FileContents,
  modes: readonly SetMode[],
  at: number,
): { contents: FileContents; found: Set<SetMode> } {
  if (!modes.length) return { contents, found: new Set() };
  const { observations, report } = contents;
  const keyOf = createKeyFinder(contents);
  const last = observations.reduce((latest, o) => Math.max(latest, o.at), 0);
  // Files of two browsers may have sessions of one id: what the user says of each must not look like one observation.
  const lastId = observations.findLast((o) => o.type !== 'app')?.id ?? '';
  const browser = report.sources?.[0]?.browser;
  const found = new Set<SetMode>();
  const words = modes.flatMap((mode, i): ReportObservation[] => {
    const clientId = keyOf(mode.clientId);
    if (clientId === undefined) return [];
    found.add(mode);
    return [
      {
        type: 'app',
        clientId,
        linkMode: mode.linkMode,
        id: `${report.session.id}-${lastId}-link-mode-${i + 1}`,
        at: Math.min(last, at),
        source: 'tester',
        cookieStore: 'default',
        tab: null,
        opener: null,
        site: null,
        ...(browser ? { browser } : {}),
      },
    ];
  });
  const ids = new Set(words.map((o) => o.id));
  const others = observations.filter((o) => !ids.has(o.id));
  return { contents: { ...contents, observations: [...others, ...words] }, found };
}

/** Makes the finder of an app's key as a file has it, whole or masked, by the whole one; undefined where the file has none. */
function createKeyFinder({
  observations,
  report,
}: FileContents): (whole: string) => string | undefined {
  const keys = new Set(observations.flatMap((o) => ('clientId' in o ? (o.clientId ?? []) : [])));
  const hashes = keyHashesOf(report.apps ?? []);
  return (whole) => {
    const hash = hashAppKey(whole);
    const hashed = [...hashes].find(([, known]) => known === hash);
    const masked = maskClientId(whole);
    return [whole, hashed?.[0] ?? (hashes.has(masked) ? '' : masked)].find((key) => keys.has(key));
  };
}
