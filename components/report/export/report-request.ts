import type { WriteRequest } from '../../../utils/report/write-request.ts';
import type { TableState } from '../logins/table-state.ts';
import type { ReportPorts } from '../report-ports.ts';
import type { ReportSource } from '../report-source.ts';

/** What of a report is written. */
export interface WriteOptions {
  /** Write only what the filter lets pass. */
  shownOnly: boolean;
  wholeClientIds: boolean;
  /** Write this login alone, by its id. */
  login?: string;
}

/** What a report is written from, before its format and language are chosen. */
export type ReportRequest = Omit<WriteRequest, 'format' | 'language'>;

/** Says what a report is written from: session or files, instant, filter; null where there is nothing to report. */
export function reportRequestOf(
  ports: Pick<ReportPorts, 'generator' | 'now'>,
  source: ReportSource,
  table: Pick<TableState, 'shownOfChosen'>,
  { shownOnly, wholeClientIds, login }: WriteOptions,
): ReportRequest | null {
  const shown = () => table.shownOfChosen().map((row) => row.id);
  const from = writtenFrom(source);
  return (
    from && {
      from,
      generator: ports.generator,
      judgedAt: source.at.value,
      nothingFollowed: source.showsFiles.value && source.filesAt.value !== null,
      writtenAt: ports.now(),
      only: login !== undefined ? [login] : shownOnly ? shown() : null,
      wholeClientIds,
      withoutTestPlan: login !== undefined,
    }
  );
}

/** A session's id (null: all), or the files without what they were replayed to. */
function writtenFrom({
  showsFiles,
  merged,
  session,
  showsAll,
}: ReportSource): WriteRequest['from'] | null {
  if (!showsFiles.value && showsAll.value) return { session: null };
  if (!showsFiles.value) return session.value ? { session: session.value.id } : null;
  if (!merged.value) return null;
  const { replayed: _replayed, ...imported } = merged.value;
  return { imported };
}
