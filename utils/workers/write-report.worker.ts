import { createFindingLocalizer } from '../guidance/localize-findings.ts';
import { translateIn } from '../i18n/translate-in.ts';
import type { Report } from '../report/document.ts';
import { FORMATS } from '../report/formats/format-list.ts';
import { TICKET_WRITERS, WRITERS } from '../report/formats/writers.ts';
import type { KeptFile } from '../report/import/file-contents.ts';
import { createFileJoiner } from '../report/import/file-pieces.ts';
import { reevaluate } from '../report/import/reevaluate.ts';
import { allSessions, sessionReport } from '../report/session-report.ts';
import { PREVIEW, type WriteResult } from '../report/write-request.ts';
import { createConnection } from '../store/connection.ts';
import { createRecordsReader } from '../store/read-records.ts';
import type { WriteAsked, WriteMessage } from './write-report-messages.ts';

const reading = createConnection();
const read = createRecordsReader();
const join = createFileJoiner();
let file: KeptFile | null = null;

addEventListener('message', async ({ data }: MessageEvent<WriteMessage>) => {
  if ('piece' in data) {
    file = join(data.piece);
    return;
  }
  try {
    const report = await reportOf(data.asked);
    postMessage(report && written(report, data.asked));
  } catch (error) {
    // A rejection would not reach the page; an error does.
    setTimeout(() => {
      throw error;
    });
  }
});

const writerOf = (format: WriteAsked['format']) =>
  format === 'rich' || format === 'text' ? TICKET_WRITERS[format] : WRITERS[format];

const mediaTypeOf = (format: WriteAsked['format']) =>
  format === 'rich' ? 'text/html' : format === 'text' ? 'text/plain' : FORMATS[format].mediaType;

function written(report: Report, { format, language, withoutTestPlan }: WriteAsked): WriteResult {
  const { testPlan: _testPlan, ...aboutLogins } = report;
  const text = writerOf(format)(withoutTestPlan ? aboutLogins : report, translateIn(language));
  return {
    file: new Blob([text], { type: mediaTypeOf(format) }),
    beginning: text.slice(0, PREVIEW),
    length: text.length,
    session: report.session.name,
  };
}

async function reportOf(asked: WriteAsked): Promise<Report | null> {
  const { from, judgedAt, nothingFollowed, writtenAt, wholeClientIds, generator } = asked;
  const advise = createFindingLocalizer(translateIn(asked.language));
  const only = asked.only && new Set(asked.only);
  if (from === 'file') {
    if (!file) return null;
    const about = only ?? file.about;
    const options = { generatedAt: writtenAt, wholeClientIds, nothingFollowed, advise };
    return reevaluate({ ...file, about }, judgedAt, options).report;
  }
  const records = from.records ?? (await reading(read));
  const everything = from.session === null && records.sessions.length > 0;
  const session = everything
    ? allSessions(records.sessions, translateIn(asked.language)('report_page.allSessions'))
    : records.sessions.find((s) => s.id === from.session);
  if (!session) return null;
  return sessionReport(records, session, {
    everything,
    generator,
    at: judgedAt,
    wholeClientIds,
    advise,
    ...(only ? { only } : {}),
  });
}
