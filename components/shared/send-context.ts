import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { SendCommand } from './command-sender.ts';

/** Holds what sends the worker a command. */
export const SendContext = createContext<SendCommand>(async () => false);

/** Returns what sends the worker a command. */
export function useSend(): SendCommand {
  return useContext(SendContext);
}
