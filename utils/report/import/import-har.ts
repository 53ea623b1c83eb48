import { captureOrderedRecording } from '../../capture/har/capture-har.ts';
import type { HarFile } from '../../capture/har/file/har-file.ts';
import { inOrderOfStart } from '../../capture/har/time/har-order.ts';
import { createRequestMarks } from '../../capture/har/token/request-marks.ts';
import { toIso } from '../build-logins.ts';
import type { Report } from '../document.ts';
import type { FileContents } from './file-contents.ts';
import { joinServerFiles, type ServerFile } from './server-files.ts';

/** What importing a HAR file needs to know beyond the file. */
export interface HarImportOptions {
  /** Name for the session, such as the file's name. */
  name: string;
  generator: Pick<Report['generator'], 'name' | 'version'>;
  /** Size of the whole file in bytes, where it is known beforehand: a file that is too large is refused at once. */
  size?: number;
  /** Epoch ms; also the file's own instant of judgement. */
  generatedAt: number;
  /** What the site's back end recorded meanwhile. */
  serverFiles?: readonly ServerFile[];
}

/**
 * Turns the traffic of a HAR into what a report of it rests on. User ids become numbered names that mean nothing outside the file,
 * so that the same file always gives the same observations and no id can be guessed from them.
 */
export async function contentsOfHar(
  file: HarFile,
  options: HarImportOptions,
): Promise<FileContents> {
  const { name, generator, generatedAt } = options;
  const inOrder = inOrderOfStart(file.entries);
  const start = inOrder.reduce((earliest, { at }) => Math.min(earliest, at), inOrder[0]?.at ?? 0);
  const userNames = new Map<string, string>();
  const nameOf = async (userId: string) => {
    const userName = userNames.get(userId) ?? `har-${start}-user-${userNames.size + 1}`;
    userNames.set(userId, userName);
    return userName;
  };
  const marks = createRequestMarks();
  const { serverFiles = [] } = options;
  const recorded = await captureOrderedRecording(
    inOrder,
    nameOf,
    serverFiles.length ? marks : null,
  );
  const { observations, counts } = await joinServerFiles(recorded, marks, serverFiles, nameOf);
  const end = observations.reduce((latest, o) => Math.max(latest, o.at), start);
  return {
    about: null,
    observations,
    takenAt: end,
    ...(serverFiles.length ? { joined: counts } : {}),
    report: {
      session: {
        id: `har-${start}`,
        name: name.slice(0, 200),
        startedAt: observations.length ? toIso(start) : null,
        endedAt: observations.length ? toIso(end) : null,
        tester: '',
        build: '',
        notes: '',
      },
      generator: { ...generator, browser: file.recorder },
      generatedAt: toIso(generatedAt),
      evaluatedAt: toIso(generatedAt),
      counts: { dropped: 0 },
    },
  };
}
