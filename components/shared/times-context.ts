import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { timesIn, type Times } from './times.ts';

/** Holds the writers of times in the page's language. */
export const TimesContext = createContext<Times>(timesIn('en'));

/** Returns the writers of times in the page's language. */
export function useTimes(): Times {
  return useContext(TimesContext);
}
