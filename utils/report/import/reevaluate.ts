import type { LocalizeFindings } from '../../guidance/localize-findings.ts';
import type { LoginState } from '../../verdict/login-state.ts';
import { buildReport, type Report } from '../document.ts';
import { replayObservations, type ReportObservation } from '../replay-observations.ts';

/** What came out of a file, ready to be judged at any instant. */
export interface ImportedFile {
  /** As judged at `report.evaluatedAt`. */
  report: Report;
  loginState: LoginState;
  /** All of the file's, also those that `report` ignores because they came after its instant. */
  observations: readonly ReportObservation[];
  /** Ids of the logins the file is about; null for all. */
  about: ReadonlySet<string> | null;
  /** From this instant (epoch ms) on, all observations count, whatever their own clock said. */
  takenAt: number;
}

export interface ReevaluateOptions {
  /** Epoch ms; the report's own where left out. */
  generatedAt?: number;
  wholeClientIds?: boolean;
  /** Gives guidance in a language; without it the report has no findings. */
  advise?: LocalizeFindings;
}

type Head = Pick<Report, 'session' | 'generator' | 'sources' | 'generatedAt'> & {
  counts: Pick<Report['counts'], 'dropped'>;
};

const instant = (iso: string | null) => (iso === null ? null : Date.parse(iso));

/** Judges what a file told, at an instant (epoch ms), and writes the report of it. */
export function reevaluate(
  from: Omit<ImportedFile, 'report' | 'loginState'> & { report: Head },
  at: number,
  { generatedAt, wholeClientIds, advise }: ReevaluateOptions = {},
): ImportedFile {
  const { report: head, about, takenAt } = from;
  const { loginState, observations } = replayObservations(
    from.observations,
    at >= takenAt ? Infinity : at,
  );
  const report = buildReport({
    loginState,
    ...(about ? { logins: about } : {}),
    observations,
    session: {
      ...head.session,
      startedAt: instant(head.session.startedAt),
      endedAt: instant(head.session.endedAt),
    },
    generator: head.generator,
    generatedAt: generatedAt ?? Date.parse(head.generatedAt),
    evaluatedAt: at,
    dropped: head.counts.dropped,
    ...(head.sources
      ? {
          sources: head.sources.map((s) => ({
            ...s,
            logins: s.logins.filter((id) => loginState.logins.has(id)),
          })),
        }
      : {}),
    wholeClientIds: wholeClientIds ?? false,
    ...(advise ? { advise } : {}),
  });
  return { report, loginState, observations: from.observations, about, takenAt };
}
