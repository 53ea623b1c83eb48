import { flashBadge } from '../browser/badge-flash.ts';
import { t } from '../browser/messages-catalogue.ts';
import type { PressedTab } from '../browser/shortcuts.ts';
import type { Observation } from '../model/observation.ts';
import { originOf } from '../model/url.ts';
import type { TabPorts } from './commands.ts';
import { createObservation } from './record/create-observation.ts';

/** Stores an observation where it belongs; resolves to whether it is kept. */
type Keep = (step: Observation) => Promise<boolean>;

/**
 * Marks a step of the test in a tab at an instant (epoch ms), so that it stands in the timeline of the login that is made
 * there, and shows on the toolbar button whether it is kept. An address whose site is not watched is not named.
 */
export async function markStep(
  tab: PressedTab,
  now: number,
  ports: TabPorts,
  keep: Keep,
): Promise<void> {
  const origin = originOf(tab.url);
  const isNamed = origin !== null && (await ports.isWatched(origin));
  const text = isNamed ? t('command.stepOn', [new URL(origin).host]) : t('command.step');
  const where = await ports.tabContextOf(tab.id);
  const site = isNamed ? origin : null;
  const isKept =
    where !== null &&
    (await keep(createObservation({ type: 'step', text }, 'tester', now, { site, ...where })));
  await flashBadge(tab.id, isKept ? '✓' : '!');
}
