import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Finding } from '../../utils/guidance/rule.ts';
import { coalesce } from '../shared/coalesce.ts';
import type { DoneLogins } from './done-logins-state.ts';
import type { LoginSectionsState } from './login-sections-state.ts';
import type { PopupPorts } from './popup-ports.ts';
import type { PopupReader } from './popup-reader.ts';

/** What guidance says of the logins that are listed. */
export interface FindingsState {
  /** Worst first; they come a moment after the logins do. */
  findings: ReadonlySignal<readonly Finding[]>;
  /** Asks for findings whenever other logins are listed; returns what stops it. */
  start(): () => void;
}

/** Makes that state; `advise` gives the findings of some logins at an instant (epoch ms). */
export function createFindings(
  advise: PopupPorts['advise'],
  { isCurrent }: Pick<PopupReader, 'isCurrent'>,
  { sections, judgedAt }: LoginSectionsState,
  done: DoneLogins,
): FindingsState {
  const findings = signal<readonly Finding[]>([]);
  const listed = computed(() => {
    const { open, attention, settled } = sections.value;
    const inSections = [...open, ...attention, ...settled].map((j) => j.login.id);
    return [...inSections, ...(done.logins.value ?? []).map((l) => l.id)];
  });
  const refresh = coalesce(async () => {
    // Findings wait for the data: starting their worker would delay it.
    if (isCurrent.peek()) findings.value = await advise(listed.peek(), judgedAt.peek());
  });
  return { findings, start: () => listed.subscribe(() => void refresh()) };
}
