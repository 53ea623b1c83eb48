import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Command } from '../../utils/model/command.ts';
import type { PopupState } from './popup-state.ts';
import { timesIn } from '../shared/times.ts';
import type { Times } from '../shared/times.ts';

export const PopupContext = createContext<PopupState | null>(null);

/** The popup's state; throws outside of the popup. */
export function usePopup(): PopupState {
  const state = useContext(PopupContext);
  if (!state) throw new Error('outside of the popup');
  return state;
}

/** What writes times, in the page's language. */
export const TimesContext = createContext<Times>(timesIn('en'));

/** The writers of times in the page's language. */
export function useTimes(): Times {
  return useContext(TimesContext);
}

/** What sends the worker a command and tells whether it was done. */
export const SendContext = createContext<(command: Command) => Promise<boolean>>(async () => false);

/** What sends the worker a command. */
export function useSend(): (command: Command) => Promise<boolean> {
  return useContext(SendContext);
}
