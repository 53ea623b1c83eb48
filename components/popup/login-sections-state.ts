import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Login } from '../../utils/model/login.ts';
import type { PopupData } from '../../utils/store/popup-data.ts';
import type { Clock } from '../shared/clock.ts';
import { judgeLogins, numberAccounts, type JudgedLogin } from '../shared/judged-login.ts';
import { sortIntoSections, type SortedLogins } from './sort-into-sections.ts';

/** The data that was read, and its logins judged and sorted at an instant. */
export interface LoginSectionsState {
  /** Null until the first reading is done. */
  data: ReadonlySignal<PopupData | null>;
  sections: ReadonlySignal<SortedLogins>;
  /** The logins with nothing to do, as far as they were read. */
  judgedDone: ReadonlySignal<JudgedLogin[]>;
  /** The instant at which the sections are judged, epoch ms. */
  judgedAt: ReadonlySignal<number>;
  /** Shows other data, judged now. */
  show(next: PopupData | null): void;
  /** Judges again whenever an instant goes by at which a verdict changes; returns what stops it. */
  start(): () => void;
}

const NOTHING = { open: [], attention: [], unanswered: [], apps: new Map() };

/** Makes that state over a clock; `done` are the logins with nothing to do, null until they are read. */
export function createLoginSections(
  clock: Clock,
  done: ReadonlySignal<Login[] | null>,
): LoginSectionsState {
  const data = signal<PopupData | null>(null);
  const judgedAt = signal(clock.now.value);
  const listed = computed(() => {
    const { open, attention, unanswered } = data.value ?? NOTHING;
    return [...open, ...attention, ...unanswered];
  });
  // A login of one list may be of an account of another.
  const accounts = computed(() => numberAccounts([...listed.value, ...(done.value ?? [])]));
  const sections = computed(() => {
    const { apps } = data.value ?? NOTHING;
    return sortIntoSections(listed.value, apps, judgedAt.value, accounts.value);
  });
  const judgedDone = computed(() => {
    const { settled, attention } = sections.value;
    const known = new Set([...settled, ...attention].map((j) => j.login.id));
    const rest = (done.value ?? []).filter((l) => !known.has(l.id));
    const { apps } = data.value ?? NOTHING;
    return [...settled, ...judgeLogins(rest, apps, judgedAt.value, accounts.value)];
  });
  return {
    data,
    sections,
    judgedDone,
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
