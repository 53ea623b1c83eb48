import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PopupState } from './popup-state.ts';

/** Holds the popup's state. */
export const PopupContext = createContext<PopupState | null>(null);

/** Returns the popup's state; throws outside of the popup. */
export function usePopup(): PopupState {
  const state = useContext(PopupContext);
  if (!state) throw new Error('outside of the popup');
  return state;
}
