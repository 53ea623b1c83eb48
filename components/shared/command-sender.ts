import type { Signal } from '@preact/signals';
import { messageKey, type Message } from '../../utils/i18n/message.ts';
import type { Command, CommandResult } from '../../utils/model/command.ts';

/** Sends the worker a command; resolves to whether it was done, and never rejects. */
export type SendCommand = (command: Command) => Promise<boolean>;

interface Options {
  /** Carries a command to the worker; may reject. */
  send: (command: Command) => Promise<CommandResult>;
  /** Gets a message where the command was refused or the worker did not answer. */
  notice: Signal<Message | null>;
  /** Reads the stored data again, whatever came of the command. */
  reload: () => Promise<void>;
  /** Runs before the command is sent, e.g. to show its effect at once. */
  beforeSend?: (command: Command) => void;
}

/** Makes the one way in which a page sends commands. */
export function createCommandSender({ send, notice, reload, beforeSend }: Options): SendCommand {
  return async (command) => {
    notice.value = null;
    beforeSend?.(command);
    try {
      const result = await send(command);
      if (!result.ok) notice.value = [messageKey('problem', result.problem)];
      return result.ok;
    } catch {
      notice.value = ['banner.failed'];
      return false;
    } finally {
      await reload();
    }
  };
}
