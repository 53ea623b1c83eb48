import { computed, effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { OverviewRequest } from '../../utils/report/overview-request.ts';
import { overviewOf, type Overview } from '../../utils/report/overview.ts';
import type { ReportScope } from '../../utils/report/report-scope.ts';
import { coalesce } from '../shared/coalesce.ts';
import type { ReportPorts } from './report-ports.ts';
import type { ReportRecords, ReportSource } from './report-source.ts';

/** What is said as a whole of what was chosen. */
export interface OverviewState {
  /** Null until it is worked out. */
  overview: ReadonlySignal<Overview | null>;
  /** Works it out, and anew whenever what it is about changes; returns what ends that. */
  followOverview(): () => void;
}

/** Of more observations than this it is worked out in a web worker: it takes as long as many frames. */
const MANY = 5000;

/** Makes that state for what was chosen of what is recorded, or of files. */
export function createOverview(
  ports: Pick<ReportPorts, 'overview'>,
  source: ReportSource,
  records: ReadonlySignal<ReportRecords | null>,
): OverviewState {
  const { chosenScope: scope, at, session, showsAll, shownSession, merged, filesAt } = source;
  const late = signal<{ about: unknown; overview: Overview } | null>(null);
  const sessions = computed(() => ({
    shown: shownSession.value,
    one: session.value,
    recorded: records.value?.sessions ?? [],
  }));
  const isMany = computed(() => (scope.value?.observations.length ?? 0) > MANY);
  const chosenSession = computed(() => (showsAll.value ? null : session.value?.id));
  /** What was worked out may stand until it is anew, as long as it is about the same. */
  const aboutOf = (shown: ReportScope) => (shown.live ? chosenSession.value : shown);
  const overview = computed(() => {
    const { value: shown } = scope;
    if (!shown || shown.isPart) return null;
    if (!isMany.value) return overviewOf(shown, sessions.value, at.value);
    const { value: known } = late;
    return known && known.about === aboutOf(shown) ? known.overview : null;
  });

  let read: ReportRecords | null = null;
  let readings = 0;
  const fromOf = (shown: ReportScope): OverviewRequest['from'] | null => {
    if (!shown.live) return merged.value && { imported: merged.value, chosen: filesAt.value };
    if (read !== records.value) readings += 1;
    read = records.value;
    return { session: chosenSession.value, reading: readings };
  };
  const ask = coalesce(async () => {
    const { value: shown } = scope;
    const from = shown && isMany.value && fromOf(shown);
    if (!from) return;
    const about = aboutOf(shown);
    const request = { from, sessions: sessions.value, at: at.value };
    const answer = await ports.overview(request).catch(() => null);
    late.value = { about, overview: answer ?? overviewOf(shown, request.sessions, request.at) };
  });
  const followOverview = () =>
    effect(() => {
      // All of it is read here, since what changes while the worker is busy is asked later.
      const isAsked = [scope.value, sessions.value, at.value].every(Boolean);
      if (isAsked && isMany.value && !scope.value?.isPart) void ask();
    });
  return { overview, followOverview };
}
