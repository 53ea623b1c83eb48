import type { App } from '../../model/app.ts';
import type { Login } from '../../model/login.ts';
import { createLoginState } from '../../verdict/state/login-state.ts';
import type { ReplayResult, ReportObservation } from '../replay/replay-observations.ts';
import type { KeptFile } from './file-contents.ts';

/** What a file held without its lists, which come apart. */
type FileHead = Omit<KeptFile, 'observations' | 'replayed'>;

/** One of the messages in which a file goes from thread to thread. */
export type FilePiece =
  | { head: FileHead }
  | { observations: readonly ReportObservation[] }
  | { logins: readonly Login[] }
  | { end: { apps: readonly App[]; held: number; isReplayed: boolean } };

/** How many items go in one message: a thread unpacks them in some milliseconds. */
const PIECE = 500;

function* cut<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += PIECE) yield items.slice(from, from + PIECE);
}

/**
 * Cuts a file into messages. A thread packs and unpacks a message at one go, and holds up its page meanwhile: of a large file
 * that would take seconds. Of a file that was replayed only the replayed observations go, which are all it held and, after them,
 * the recording's end.
 */
export function* piecesOf(file: KeptFile): Generator<FilePiece> {
  const { observations, replayed, report, about, takenAt, endedAt, joined } = file;
  // Named one by one: a report's own lists stay behind.
  const { session, generator, sources, generatedAt, evaluatedAt, apps, counts } = report;
  yield {
    head: {
      report: {
        session,
        generator,
        generatedAt,
        evaluatedAt,
        counts,
        ...(sources ? { sources } : {}),
        ...(apps ? { apps } : {}),
      },
      about,
      takenAt,
      ...(endedAt === undefined ? {} : { endedAt }),
      ...(joined ? { joined } : {}),
    },
  };
  for (const some of cut(replayed?.observations ?? observations)) yield { observations: some };
  const { logins = new Map<string, Login>(), apps: judged = new Map<string, App>() } =
    replayed?.loginState ?? {};
  for (const some of cut([...logins.values()])) yield { logins: some };
  const isReplayed = replayed !== undefined;
  yield { end: { apps: [...judged.values()], held: observations.length, isReplayed } };
}

/** Puts the pieces of one file after another together again: gives each with its last one, null before. */
export function createFileJoiner(): (piece: FilePiece) => KeptFile | null {
  let head: FileHead | null = null;
  let observations: ReportObservation[] = [];
  let loginState = createLoginState();
  return (piece) => {
    if ('head' in piece) {
      ({ head } = piece);
      observations = [];
      loginState = createLoginState();
    } else if ('observations' in piece) for (const o of piece.observations) observations.push(o);
    else if ('logins' in piece)
      for (const login of piece.logins) loginState.logins.set(login.id, login);
    else if (head) {
      const { apps, held, isReplayed } = piece.end;
      for (const app of apps) loginState.apps.set(app.clientId, app);
      const replayed: ReplayResult = { loginState, observations };
      return {
        ...head,
        observations: observations.slice(0, held),
        ...(isReplayed ? { replayed } : {}),
      };
    }
    return null;
  };
}
