import manifest from '../../package.json' with { type: 'json' };
import { createFindingLocalizer } from '../../utils/guidance/localize-findings.ts';
import { translateIn } from '../../utils/i18n/translate-in.ts';
import { HOUR_MS } from '../../utils/model/time.ts';
import { isFirstLogin, noneJudgedText } from '../../utils/report/first-logins.ts';
import { writeText } from '../../utils/report/formats/text.ts';
import { contentsOfHar } from '../../utils/report/import/import-har.ts';
import { reevaluate } from '../../utils/report/import/reevaluate.ts';
import { withLinkModes, type SetMode } from '../link-modes.ts';
import type { Entry } from './recording.ts';

/** So long after the last that was recorded, when the window of every login has passed. */
const JUDGED_AFTER_MS = 25 * HOUR_MS;

/** What a context's first logins come to. */
export interface Judgement {
  /** There is a first login. */
  isJudged: boolean;
  /** Every first login is surely completed, and there is one. */
  isComplete: boolean;
  /** There is a first login that is not said to be completed. */
  isIncomplete: boolean;
  /** The report as text, or why there is no first login. */
  text: string;
}

/**
 * Judges what a browser context did, and back ends for it, by the same rules as every Linkwatch. `now` is epoch ms.
 */
export async function judge(
  entries: readonly Entry[],
  served: readonly Entry[],
  modes: readonly SetMode[],
  now: number,
): Promise<Judgement> {
  const t = translateIn('en');
  const read = await contentsOfHar(
    { entries: [...entries], recorder: 'Playwright' },
    {
      name: 'This test',
      generator: { name: 'Linkwatch', version: manifest.version },
      generatedAt: now,
      serverFiles: [{ kind: 'egress', entries: served }],
    },
  );
  const last = read.observations.reduce((latest, o) => Math.max(latest, o.at), now);
  const at = last + JUDGED_AFTER_MS;
  const { contents } = withLinkModes(read, modes, at);
  const { report } = reevaluate(contents, at, {
    // The test asks what becomes of the login if nothing follows.
    nothingFollowed: true,
    wholeClientIds: true,
    advise: createFindingLocalizer(t),
  });
  const firsts = report.logins.filter(isFirstLogin);
  const isJudged = firsts.length > 0;
  const isIncomplete = firsts.some(({ verdict }) => verdict !== 'complete');
  const isSure = firsts.every(({ verdictCertainty }) => verdictCertainty === 'certain');
  const isComplete = isJudged && !isIncomplete && isSure;
  return {
    isJudged,
    isComplete,
    isIncomplete,
    text: isJudged ? writeText(report, t) : noneJudgedText(report, t),
  };
}
