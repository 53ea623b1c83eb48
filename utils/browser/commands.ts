import { browser } from 'wxt/browser';
import type { Observation, TesterFact } from '../link/observation.ts';
import { newSalt, readSettings, writeSettings } from '../store/meta.ts';
import { problemOf } from '../store/open.ts';
import type { Command, CommandResult } from '../store/popup-data.ts';
import type { Recorder } from '../store/recorder.ts';
import { announceChange } from './changes.ts';

/** Sends a command to the worker, the only writer. */
export async function sendCommand(command: Command): Promise<CommandResult> {
  return (await browser.runtime.sendMessage(command)) as CommandResult;
}

const isText = (v: unknown, most: number): v is string => typeof v === 'string' && v.length <= most;
const isOneOf = (v: unknown, ...allowed: unknown[]) => allowed.includes(v);
const isCount = (v: unknown, least: number, most: number) =>
  v === undefined || (Number.isInteger(v) && (v as number) >= least && (v as number) <= most);

/** Whether every key is a setting and every value may be stored: the settings are merged as they come. */
function isSettings(settings: unknown): boolean {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return false;
  return Object.entries(settings).every(([key, value]) => {
    if (value === undefined) return false;
    if (key === 'retentionDays') return isCount(value, 3, 3650);
    if (key === 'retentionCount') return isCount(value, 100, 1_000_000);
    return key === 'notifications' && typeof value === 'boolean';
  });
}

/** Whether a message is a command with values that may be stored. */
export function isCommand(message: unknown): message is Command {
  if (typeof message !== 'object' || message === null) return false;
  const m = message as Record<string, unknown>;
  switch (m['type']) {
    case 'label':
      return isText(m['login'], 100) && isText(m['label'], 80);
    case 'mark':
      return (
        isText(m['login'], 100) &&
        isOneOf(m['mark'], 'complete', 'cut', null) &&
        isText(m['note'], 500)
      );
    case 'app':
      return (
        isText(m['clientId'], 64) &&
        isOneOf(m['linkMode'], undefined, 'auto', 'manual', 'unknown') &&
        isOneOf(m['fixedUserId'], undefined, 'on', 'off', 'unknown') &&
        (m['windowMs'] === null || isCount(m['windowMs'], 60_000, 86_400_000))
      );
    case 'pause':
      return typeof m['paused'] === 'boolean';
    case 'settings':
      return isSettings(m['settings']);
    default:
      return isOneOf(m['type'], 'clear', 'reset-salt', 'reconcile');
  }
}

function factOf(command: Command): TesterFact | null {
  switch (command.type) {
    case 'label':
      return { type: 'label', login: command.login, label: command.label };
    case 'mark':
      return { type: 'mark', login: command.login, mark: command.mark, note: command.note };
    case 'app': {
      const { clientId, linkMode, fixedUserId, windowMs } = command;
      return { type: 'app', clientId, linkMode, fixedUserId, windowMs };
    }
    case 'pause':
      return { type: 'pause', paused: command.paused };
    default:
      return null;
  }
}

/** Carries out a command at an instant (epoch ms). Never rejects: what went wrong is in the result. */
export async function runCommand(
  recorder: Recorder,
  command: Command,
  now: number,
): Promise<CommandResult> {
  try {
    const fact = factOf(command);
    if (fact) {
      const observation: Observation = {
        ...fact,
        id: crypto.randomUUID(),
        at: now,
        source: 'tester',
        cookieStore: 'default',
        tab: null,
        opener: null,
        site: null,
      };
      await recorder.record([observation]);
      const { problem } = recorder.health();
      return problem ? { ok: false, problem } : { ok: true };
    }
    if (command.type === 'settings')
      await recorder.withStore(async (db) =>
        writeSettings(db, { ...(await readSettings(db)), ...command.settings }),
      );
    if (command.type === 'reset-salt') await recorder.withStore((db) => newSalt(db));
    if (command.type === 'clear') await recorder.clear();
    announceChange();
    return { ok: true };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}
