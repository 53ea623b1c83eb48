import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { PopupData } from '../../utils/store/popup-data.ts';
import type { Clock } from '../shared/clock.ts';
import { sortIntoSections, type SortedLogins } from './sort-into-sections.ts';

/** The data that was read, and its logins judged and sorted at an instant. */
export interface LoginSectionsState {
  /** Null until the first reading is done. */
  data: ReadonlySignal<PopupData | null>;
  sections: ReadonlySignal<SortedLogins>;
  /** The instant at which the sections are judged, epoch ms. */
  judgedAt: ReadonlySignal<number>;
  /** Shows other data, judged now. */
  show(next: PopupData | null): void;
  /** Judges again whenever an instant goes by at which a verdict changes; returns what stops it. */
  start(): () => void;
}

const NOTHING = { open: [], attention: [], unanswered: [], apps: new Map() };

/** Makes that state over a clock. */
export function createLoginSections(clock: Clock): LoginSectionsState {
  const data = signal<PopupData | null>(null);
  const judgedAt = signal(clock.now.value);
  const sections = computed(() => {
    const { open, attention, unanswered, apps } = data.value ?? NOTHING;
    return sortIntoSections([...open, ...attention, ...unanswered], apps, judgedAt.value);
  });
  return {
    data,
    sections,
    judgedAt,
    show: (next) =>
      batch(() => {
        clock.sync();
        judgedAt.value = clock.now.value;
        data.value = next;
      }),
    // A verdict changes by itself only when an instant goes by, not with every tick.
    start: () =>
      clock.now.subscribe((now) => {
        if (now > sections.peek().nextChange || now < judgedAt.peek()) judgedAt.value = now;
      }),
  };
}
