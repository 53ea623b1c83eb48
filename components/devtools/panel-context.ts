import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PanelState } from './panel-state.ts';

/** Holds the panel's state. */
export const PanelContext = createContext<PanelState | null>(null);

/** Returns the panel's state; throws outside of the panel. */
export function usePanel(): PanelState {
  const state = useContext(PanelContext);
  if (!state) throw new Error('outside of the panel');
  return state;
}
