import { browser } from 'wxt/browser';
import { startReport } from '../../components/report/report-page.tsx';
import { t } from '../../components/shared/text.ts';
import { onChange } from '../../utils/browser/change-channel.ts';
import { download } from '../../utils/browser/download.ts';
import { requestNotificationPermission } from '../../utils/browser/notifications.ts';
import { privateStorage } from '../../utils/browser/private-storage.ts';
import { sendCommand } from '../../utils/browser/send-command.ts';
import type { OverviewRequest } from '../../utils/report/overview-request.ts';
import type { Overview } from '../../utils/report/overview.ts';
import type { WriteRequest, WriteResult } from '../../utils/report/write-request.ts';
import { createConnection } from '../../utils/store/connection.ts';
import { hashUserId } from '../../utils/store/hash-user-id.ts';
import { readSalt, readSettings } from '../../utils/store/meta.ts';
import { recordsOfPrivateWindows } from '../../utils/store/private-window-records.ts';
import { readNewest } from '../../utils/store/read-newest.ts';
import { createRecordsReader, type Records } from '../../utils/store/read-records.ts';
import { foldFilesInWorker } from '../../utils/workers/fold-files-client.ts';
import { createOverviewClient } from '../../utils/workers/overview-client.ts';
import { readFileInWorker } from '../../utils/workers/read-file-client.ts';
import { writeReportInWorker } from '../../utils/workers/write-report-client.ts';

const withDatabase = createConnection();
const readRecords = createRecordsReader();
const overview = createOverviewClient();

/** In Firefox no database holds what was observed in private windows: a page of its own shows and saves it. */
const showsPrivate = import.meta.env.FIREFOX && location.search === '?private';

const { name, version } = browser.runtime.getManifest();
const generator = { name, version, browser: import.meta.env.BROWSER };
/** The key of what the page remembers in local storage. */
const MEMORY = 'report-page';

const root = document.getElementById('root');
const print = document.getElementById('print');
if (root && print)
  startReport(root, print, {
    now: () => Date.now(),
    load: showsPrivate ? loadPrivate : () => withDatabase(readRecords),
    loadNewest: () => (showsPrivate ? Promise.resolve(null) : withDatabase((db) => readNewest(db))),
    onChange,
    loadSettings: () => withDatabase(readSettings),
    askNotifications: requestNotificationPermission,
    send: sendCommand,
    readFile: (file, companions, progress, signal) =>
      readFileInWorker(file, companions, generator, progress, signal),
    overview: showsPrivate ? overviewPrivate : overview,
    write: showsPrivate ? writePrivate : writeReportInWorker,
    fold: foldFilesInWorker,
    hashUserId: async (id) => hashUserId(await withDatabase(readSalt), id),
    save: download,
    copy: (text) => navigator.clipboard.writeText(text),
    copyRich: (html, text) =>
      navigator.clipboard.write([
        new ClipboardItem({
          'text/html': new Blob([html], { type: 'text/html' }),
          'text/plain': new Blob([text], { type: 'text/plain' }),
        }),
      ]),
    // A filter may name a site: of private windows, none is kept.
    memory: showsPrivate
      ? { read: () => null, write: () => {} }
      : {
          read: () => localStorage.getItem(MEMORY),
          write: (text) => localStorage.setItem(MEMORY, text),
        },
    generator,
    locale: browser.i18n.getUILanguage(),
  });

async function loadPrivate(): Promise<Records> {
  const [observations, apps] = await Promise.all([
    privateStorage.read(),
    withDatabase((db) => db.getAll('apps')),
  ]);
  return recordsOfPrivateWindows(observations, apps, t('report_page.privateSession'));
}

/** Writes a report of what no database holds: its records go along to the web worker. */
async function writePrivate(asked: WriteRequest, signal: AbortSignal): Promise<WriteResult | null> {
  if ('imported' in asked.from) return writeReportInWorker(asked, signal);
  const from = { ...asked.from, records: await loadPrivate() };
  return writeReportInWorker({ ...asked, from }, signal);
}

/** Gives an overview of what no database holds, in the same way. */
async function overviewPrivate(asked: OverviewRequest): Promise<Overview | null> {
  if ('imported' in asked.from) return overview(asked);
  return overview({ ...asked, from: { ...asked.from, records: await loadPrivate() } });
}
