import { signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Finding } from '../../utils/guidance/rule.ts';
import type { Message } from '../../utils/i18n/message.ts';
import type { Problem } from '../../utils/model/health.ts';
import type { PopupData } from '../../utils/store/popup-data.ts';
import { createClock, type Clock } from '../shared/clock.ts';
import { coalesce } from '../shared/coalesce.ts';
import { createCommandSender, type SendCommand } from '../shared/command-sender.ts';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { storeProblemOf } from '../shared/store-problem.ts';
import { createBrowserRequests, type BrowserRequests } from './browser-requests.ts';
import { createDoneLogins, type DoneLogins } from './done-logins-state.ts';
import { createFindings } from './findings-state.ts';
import { createLoginSections } from './login-sections-state.ts';
import { optimisticUpdate } from './optimistic-update.ts';
import type { PopupPorts } from './popup-ports.ts';
import { createPopupReader, type PopupReader } from './popup-reader.ts';
import type { SortedLogins } from './sort-into-sections.ts';
import type { TabAccess } from './tab-access.ts';

/** Everything the popup's components read and call. */
export interface PopupState extends BrowserRequests, Omit<PopupReader, 'read'> {
  ports: PopupPorts;
  clock: Clock;
  /** Countdowns show minutes only. */
  calm: boolean;
  /** Null until there is a snapshot or the first reading is done. */
  data: ReadonlySignal<PopupData | null>;
  /** Why the database could not be read, or null. */
  failure: ReadonlySignal<Problem | null>;
  tab: ReadonlySignal<TabAccess>;
  sections: ReadonlySignal<SortedLogins>;
  /** The logins with nothing to do, as far as they were read. */
  judgedDone: ReadonlySignal<JudgedLogin[]>;
  /** What guidance says of the logins shown, worst first; it comes a moment after they do. */
  findings: ReadonlySignal<readonly Finding[]>;
  done: DoneLogins;
  /** Something to tell after a click, until it is closed. */
  notice: Signal<Message | null>;
  /** The app whose settings a card asks for; the app's panel opens and sets it back. */
  askedApp: Signal<string | null>;
  reload(): Promise<void>;
  /** Sends a command; shows its effect at once and what the worker made of it after. */
  send: SendCommand;
  /** Reads, listens and ticks; returns what ends it. */
  start(): () => void;
}

/** Makes the popup's state over its ports; `calm` is for people who want less motion. */
export function createPopupState(ports: PopupPorts, calm = false): PopupState {
  const clock = createClock(ports.now, calm ? 10_000 : 1000);
  const failure = signal<Problem | null>(null);
  const tab = signal<TabAccess>({ site: null, watched: false, kakaoAccess: true });
  const notice = signal<Message | null>(null);
  const fail = (error: unknown) => {
    failure.value = storeProblemOf(error);
  };
  const done = createDoneLogins(ports.loadDone, fail);
  const logins = createLoginSections(clock, done.logins);
  const { data, sections, judgedDone } = logins;
  const reader = createPopupReader(ports, logins, tab);
  const guidance = createFindings(ports.advise, reader, logins, done);
  const reload = coalesce(async () => {
    try {
      await reader.read();
      failure.value = null;
    } catch (error) {
      fail(error);
    }
    await done.refresh();
  });

  return {
    ports,
    clock,
    calm,
    data,
    isCurrent: reader.isCurrent,
    failure,
    tab,
    sections,
    judgedDone,
    findings: guidance.findings,
    done,
    notice,
    askedApp: signal(null),
    showSnapshot: reader.showSnapshot,
    reload,
    send: createCommandSender({
      send: ports.send,
      notice,
      reload,
      beforeSend(command) {
        if (data.value) logins.show(optimisticUpdate(data.value, command, ports.now()));
      },
    }),
    ...createBrowserRequests(notice, reload),
    start() {
      const stops = [clock.start(), logins.start(), guidance.start()];
      stops.push(ports.onChange(() => void reload()));
      void reload();
      return () => stops.forEach((stop) => stop());
    },
  };
}
