import { appOf } from '../../utils/model/app.ts';
import type { Command } from '../../utils/model/command.ts';
import type { Login } from '../../utils/model/login.ts';
import type { PopupData } from '../../utils/store/popup-data.ts';

function editLogin(data: PopupData, id: string, change: Partial<Login>): PopupData {
  const edit = (logins: Login[]) => logins.map((l) => (l.id === id ? { ...l, ...change } : l));
  return {
    ...data,
    open: edit(data.open),
    attention: edit(data.attention),
    unanswered: edit(data.unanswered),
  };
}

/**
 * Returns the data as a command will have changed it, so that its effect shows before the worker has stored it
 * (`now`: epoch ms). Commands whose outcome only the worker knows change nothing here.
 */
export function optimisticUpdate(data: PopupData, command: Command, now: number): PopupData {
  switch (command.type) {
    case 'label':
      return editLogin(data, command.login, { label: command.label || null });
    case 'mark': {
      const { mark, note } = command;
      return editLogin(data, command.login, { testerMark: mark && { at: now, mark, note } });
    }
    case 'app': {
      const before = appOf(data, command.clientId);
      const app = {
        ...before,
        linkModeOverride: command.linkMode ?? before.linkModeOverride,
        fixedUserId: command.fixedUserId ?? before.fixedUserId,
        windowMs: command.windowMs === undefined ? before.windowMs : command.windowMs,
      };
      return { ...data, apps: new Map(data.apps).set(app.clientId, app) };
    }
    case 'pause':
      return { ...data, pausedAt: command.paused ? now : null };
    case 'settings':
      return { ...data, settings: { ...data.settings, ...command.settings } };
    default:
      return data;
  }
}
