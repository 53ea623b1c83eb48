import { linkMode, newApp, type App } from '../../model/app.ts';
import type { LinkMode } from '../../model/observation.ts';
import type { SetLinkMode } from './link-modes-file.ts';

/** A link mode out of a file that contradicts what holds here. */
export interface DifferingMode extends SetLinkMode {
  /** What holds here. */
  here: LinkMode;
  /** Whether somebody set that by hand; else traffic has shown it. */
  byHand: boolean;
}

/** Link modes out of a file, beside those that hold here. */
export interface ComparedModes {
  /** Of apps whose link mode is not known here. */
  fresh: SetLinkMode[];
  differing: DifferingMode[];
  same: SetLinkMode[];
}

/** Compares link modes out of a file with what is known of the apps here. */
export function compareLinkModes(
  modes: readonly SetLinkMode[],
  apps: ReadonlyMap<string, App>,
): ComparedModes {
  const compared: ComparedModes = { fresh: [], differing: [], same: [] };
  for (const mode of modes) {
    const app = apps.get(mode.clientId) ?? newApp(mode.clientId);
    const here = linkMode(app);
    if (here === 'unknown') compared.fresh.push(mode);
    else if (here === mode.linkMode) compared.same.push(mode);
    else compared.differing.push({ ...mode, here, byHand: app.linkModeOverride !== 'unknown' });
  }
  return compared;
}

/** The link modes that were set by hand. */
export function modesSetByHand(apps: Iterable<App>): SetLinkMode[] {
  return [...apps].flatMap(({ clientId, linkModeOverride }) =>
    linkModeOverride === 'unknown' ? [] : [{ clientId, linkMode: linkModeOverride }],
  );
}
