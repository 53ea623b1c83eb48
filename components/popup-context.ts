import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PopupState } from './popup-state.ts';
import { timesIn } from './times.ts';
import type { Times } from './times.ts';

export const PopupContext = createContext<PopupState | null>(null);

/** The popup's state; throws outside of the popup. */
export function usePopup(): PopupState {
  const state = useContext(PopupContext);
  if (!state) throw new Error('outside of the popup');
  return state;
}

/** The writers of times in the popup's language. */
export function useTimes(): Times {
  return timesIn(usePopup().ports.locale);
}
