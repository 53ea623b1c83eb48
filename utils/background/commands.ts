import { announceChange } from '../browser/change-channel.ts';
import {
  parseCommand,
  type Command,
  type CommandResult,
  type ReadCallback,
  type SessionEdit,
} from '../model/command.ts';
import type { Fact, Observation, RequestContext } from '../model/observation.ts';
import { editSessions } from '../model/session.ts';
import type { Settings } from '../model/settings.ts';
import { replaceSalt } from '../store/meta.ts';
import { problemOf } from '../store/open.ts';
import { createObservation } from './record/create-observation.ts';
import { isPaused } from './record/is-paused.ts';
import { isKeptInMemory, type PrivateRecords } from './record/private-records.ts';
import type { Recorder } from './record/recorder.ts';

/** What the browser says of tabs and sites that a message or a shortcut names. */
export interface TabPorts {
  /** Says where the requests of a tab, by the browser's id, are made; null where the tab is closed. */
  tabContextOf(tab: number): Promise<Omit<RequestContext, 'site'> | null>;
  isWatched(site: string): Promise<boolean>;
}

/** Where commands are carried out: in the database, and in what is kept in memory of private windows. */
export interface Records {
  recorder: Recorder;
  privateRecords: PrivateRecords;
}

/** A command of a page, in which the developer tools' answers are not. */
type PageCommand = Exclude<Command, { type: 'answer' }>;

/** Answers a message at an instant (epoch ms): carries it out if it is a command. Never rejects. */
export async function answerMessage(
  records: Records,
  message: unknown,
  now: number,
  ports: TabPorts,
): Promise<CommandResult> {
  const command = parseCommand(message);
  if (!command) return { ok: false, problem: 'bad-command' };
  if (command.type === 'answer') return recordAnswer(records, command, ports);
  return runCommand(records, command, now);
}

/** Carries out a command at an instant (epoch ms). Never rejects: what went wrong is in the result. */
export async function runCommand(
  records: Records,
  command: PageCommand,
  now: number,
): Promise<CommandResult> {
  try {
    return await carryOut(records, command, now);
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

function carryOut(records: Records, command: PageCommand, now: number): Promise<CommandResult> {
  const { recorder } = records;
  switch (command.type) {
    case 'label':
    case 'mark':
      return recordOnLogin(records, command, now);
    case 'app':
    case 'silence':
      return recordOnApp(records, command, now);
    case 'pause':
      return recordInAllWindows(records, command, now);
    case 'step':
      return recordFact(recorder, command, now);
    case 'link-modes':
      return record(
        recorder,
        command.modes.map((mode) => createObservation({ type: 'app', ...mode }, 'tester', now)),
      );
    case 'callbacks':
      return recordCallbacks(recorder, command.read, now);
    case 'session':
      return editSession(recorder, command, now);
    case 'settings':
      return editSettings(recorder, command.settings);
    case 'clear':
      return announceAfter(clear(records));
    case 'reset-salt':
      return resetSalt(records, now);
    case 'reconcile':
      // Every command ends in a reconcile; this one does nothing else, once everything before it is stored.
      return announceAfter(recorder.record([]));
  }
}

/** Records what the tester states of a login, where that login is: nothing of a private window reaches the disk. */
async function recordOnLogin(
  { recorder, privateRecords }: Records,
  fact: Extract<Fact, { login: string }>,
  now: number,
): Promise<CommandResult> {
  if (!(await privateRecords.hasLogin(fact.login))) return recordFact(recorder, fact, now);
  return recordPrivately(privateRecords, createObservation(fact, 'tester', now));
}

/** Records what the tester states of an app, where that app is: one that only private windows showed is named nowhere else. */
async function recordOnApp(
  { recorder, privateRecords }: Records,
  fact: Extract<PageCommand, { type: 'app' | 'silence' }>,
  now: number,
): Promise<CommandResult> {
  const { clientId } = fact;
  const isStored = () => recorder.withTracking(async (db) => !!(await db.getKey('apps', clientId)));
  if (!(await privateRecords.hasApp(clientId)) || (await isStored()))
    return recordFact(recorder, fact, now);
  return recordPrivately(privateRecords, createObservation(fact, 'tester', now));
}

/** Records what the tester did that concerns logins in private windows as well. */
async function recordInAllWindows(
  { recorder, privateRecords }: Records,
  fact: Fact,
  now: number,
): Promise<CommandResult> {
  const observation = createObservation(fact, 'tester', now);
  await privateRecords.addCommon([observation]);
  return record(recorder, [observation]);
}

/** Records what the tester states: the command is the fact itself. */
function recordFact(recorder: Recorder, fact: Fact, now: number): Promise<CommandResult> {
  return record(recorder, [createObservation(fact, 'tester', now)]);
}

/** Records what the developer tools told of an answer to a watched site, unless recording is paused. */
async function recordAnswer(
  { recorder, privateRecords }: Records,
  { fact, at, tab, site }: Extract<Command, { type: 'answer' }>,
  ports: TabPorts,
): Promise<CommandResult> {
  const isWanted = (await ports.isWatched(site)) && !(await isPaused(recorder));
  if (!isWanted) return { ok: true };
  const where = await ports.tabContextOf(tab);
  if (!where) return { ok: true };
  const answer = createObservation(fact, 'browser', at, where);
  if (!isKeptInMemory(answer)) return record(recorder, [answer]);
  return recordPrivately(privateRecords, answer);
}

/** Records unlink callbacks; one without a time is dated now, and says so. */
function recordCallbacks(
  recorder: Recorder,
  callbacks: readonly ReadCallback[],
  now: number,
): Promise<CommandResult> {
  const observations = callbacks.map(({ at, ...callback }) => {
    const fact = { type: 'unlink-callback' as const, ...callback, timeKnown: at !== undefined };
    return createObservation(fact, 'callback', at ?? now);
  });
  return record(recorder, observations);
}

/** Replaces the salt of user ids. An account has another hash since, so that what comes may be of any login before. */
async function resetSalt(records: Records, now: number): Promise<CommandResult> {
  await records.recorder.withTracking(replaceSalt);
  return recordInAllWindows(records, { type: 'loss', leftOut: 'logins' }, now);
}

function editSession(recorder: Recorder, edit: SessionEdit, now: number): Promise<CommandResult> {
  return announceAfter(recorder.editSessions((sessions) => editSessions(sessions, edit, now)));
}

function editSettings(recorder: Recorder, edit: Partial<Settings>): Promise<CommandResult> {
  return announceAfter(recorder.editSettings(edit));
}

/** Records observations and says whether the database took them; pages are told by the recorder. */
async function record(recorder: Recorder, observations: Observation[]): Promise<CommandResult> {
  await recorder.record(observations);
  const { problem } = recorder.health();
  return problem ? { ok: false, problem } : { ok: true };
}

/** Records an observation of private windows and says whether there was room for it. */
async function recordPrivately(
  privateRecords: PrivateRecords,
  observation: Observation,
): Promise<CommandResult> {
  const isKept = await privateRecords.add([observation]);
  return isKept ? { ok: true } : { ok: false, problem: 'private-full' };
}

/** Forgets everything recorded; what private windows showed first, so that none of it is left where the database is empty. */
async function clear({ recorder, privateRecords }: Records): Promise<void> {
  await privateRecords.clear();
  await recorder.clear();
}

/** Waits for a change that pages are not told of otherwise, and tells the open ones. */
async function announceAfter(change: Promise<unknown>): Promise<CommandResult> {
  await change;
  announceChange();
  return { ok: true };
}
