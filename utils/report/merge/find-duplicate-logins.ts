import { replayObservations } from '../replay/replay-observations.ts';
import { findTwins, isFromHar } from '../replay/twin-logins.ts';
import type { BrowserRecording } from './split-by-browser.ts';

/**
 * Finds the logins of HARs (by id) that a browser's own recording holds as well, as `findTwins` tells them. Where anything
 * differs both logins stay, because hiding the wrong one could hide a miss.
 */
export function findDuplicateLogins(recordings: readonly BrowserRecording[]): Set<string> {
  const fromHar = new Set(recordings.map(({ observations }) => isFromHar(observations)));
  if (fromHar.size < 2) return new Set();
  const twins = findTwins(recordings.map(({ observations }) => replayObservations(observations)));
  return new Set(twins.map(({ inHar }) => inHar.login.id));
}
