import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ReportState } from './report-state.ts';

/** Holds the report page's state. */
export const ReportContext = createContext<ReportState | null>(null);

/** Returns the report page's state; throws outside of the page. */
export function useReport(): ReportState {
  const state = useContext(ReportContext);
  if (!state) throw new Error('outside of the report page');
  return state;
}
