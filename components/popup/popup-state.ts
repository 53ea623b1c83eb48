import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Finding } from '../../utils/guidance/rule.ts';
import type { PopupData } from '../../utils/store/popup-data.ts';
import { createClock } from '../shared/clock-state.ts';
import type { Clock } from '../shared/clock-state.ts';
import { coalesce } from '../shared/coalesce.ts';
import { createDone } from './done-state.ts';
import type { Done } from './done-state.ts';
import { optimisticUpdate } from './optimistic-update.ts';
import { sortIntoSections } from '../shared/login-rows.ts';
import type { LoginSectionLists } from '../shared/login-rows.ts';
import type { PopupPorts } from './popup-ports.ts';
import { messageKey } from '../../utils/i18n/message.ts';
import type { Message } from '../../utils/i18n/message.ts';
import type { Command } from '../../utils/model/command.ts';
import type { Problem } from '../../utils/model/health.ts';

/** What is known of the current tab's site and of the browser's grants. */
interface Tab {
  site: string | null;
  watched: boolean;
  kakaoAccess: boolean;
}

export interface PopupState {
  ports: PopupPorts;
  clock: Clock;
  /** Countdowns show minutes only. */
  calm: boolean;
  /** Null until the first reading is done. */
  data: ReadonlySignal<PopupData | null>;
  /** Why the database could not be read, or null. */
  failure: ReadonlySignal<Problem | null>;
  tab: ReadonlySignal<Tab>;
  sections: ReadonlySignal<LoginSectionLists>;
  /** What guidance says of the logins shown, worst first; it comes a moment after they do. */
  findings: ReadonlySignal<readonly Finding[]>;
  done: Done;
  /** Something to tell after a click, until it is closed. */
  notice: Signal<Message | null>;
  /** The app whose settings are asked for by a card; the panel answers and sets it back. */
  askedApp: Signal<string | null>;
  reload(): Promise<void>;
  /** Sends a command; shows its effect at once and what the worker made of it after. Resolves to whether it was done. */
  send(command: Command): Promise<boolean>;
  /**
   * Runs what only the browser can grant; called straight from a click, it calls `ask` at once.
   * Tells why nothing happened where the answer is no. Resolves to the answer.
   */
  ask(ask: () => Promise<boolean>, refused?: Message): Promise<boolean>;
  /** Runs something that changes nothing here, such as a download, and tells if it failed. */
  run(task: () => Promise<void>): Promise<void>;
  /** Reads, listens and ticks; returns what ends it. */
  start(): () => void;
}

const PROBLEMS: readonly string[] = ['db-full', 'db-newer', 'db-failed'] satisfies Problem[];

function problemOf(error: unknown): Problem {
  const problem = (error as { problem?: string } | null)?.problem;
  return problem && PROBLEMS.includes(problem) ? (problem as Problem) : 'db-failed';
}

/** The popup's state over its ports; `calm` is for people who want less motion. */
export function createPopupState(ports: PopupPorts, calm = false): PopupState {
  const clock = createClock(ports.now, calm ? 10_000 : 1000);
  const data = signal<PopupData | null>(null);
  const failure = signal<Problem | null>(null);
  const tab = signal<Tab>({ site: null, watched: false, kakaoAccess: true });
  const notice = signal<Message | null>(null);
  const judgedAt = signal(ports.now());

  const sections = computed(() => {
    const { open, attention, apps } = data.value ?? { open: [], attention: [], apps: new Map() };
    return sortIntoSections([...open, ...attention], apps, judgedAt.value);
  });
  const fail = (error: unknown) => {
    failure.value = problemOf(error);
  };
  const done = createDone(ports.loadDone, fail);

  const findings = signal<readonly Finding[]>([]);
  const shown = computed(() => {
    const { open, attention, settled } = sections.value;
    const listed = [...open, ...attention, ...settled].map((j) => j.login.id);
    return [...listed, ...(done.logins.value ?? []).map((l) => l.id)];
  });
  const advise = coalesce(async () => {
    // Not before the data is there: making a worker would hold it up.
    if (data.peek()) findings.value = await ports.advise(shown.peek(), judgedAt.peek());
  });

  const show = (next: PopupData | null) =>
    batch(() => {
      clock.sync();
      judgedAt.value = clock.now.value;
      data.value = next;
    });

  const readTab = async (site: string | null): Promise<Tab> => {
    const [watched, kakaoAccess] = await Promise.all([
      site === null ? false : ports.isWatched(site).catch(() => false),
      // Without an answer nothing is claimed: the banner would send people to a grant they have.
      ports.hasKakaoAccess().catch(() => true),
    ]);
    return { site, watched, kakaoAccess };
  };

  const reload = coalesce(async () => {
    const site = await ports.currentSite().catch(() => null);
    // At the same time: each is a way to another process and back.
    const loading = ports.load(site);
    loading.catch(() => {}); // told of below
    tab.value = await readTab(site);
    try {
      const read = await loading;
      failure.value = null;
      // Nobody waits for the first cards until all are counted; later all comes together, so that nothing flickers.
      if (!data.value) show(read.data);
      show({ ...read.data, ...(await read.rest) });
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
    failure,
    tab,
    sections,
    findings,
    done,
    notice,
    askedApp: signal(null),
    reload,
    async send(command) {
      notice.value = null;
      if (data.value) show(optimisticUpdate(data.value, command, ports.now()));
      try {
        const result = await ports.send(command);
        if (!result.ok) notice.value = [messageKey('problem', result.problem)];
        return result.ok;
      } catch {
        notice.value = ['banner.failed'];
        return false;
      } finally {
        await reload();
      }
    },
    async ask(ask, refused = ['banner.refused']) {
      notice.value = null;
      try {
        const granted = await ask();
        if (!granted) notice.value = refused;
        return granted;
      } catch {
        notice.value = ['banner.failedAction'];
        return false;
      } finally {
        await reload();
      }
    },
    async run(task) {
      notice.value = null;
      try {
        await task();
      } catch {
        notice.value = ['banner.failedAction'];
      }
    },
    start() {
      const stopClock = clock.start();
      // A verdict changes by itself only when an instant goes by, not with every tick.
      const stopJudging = clock.now.subscribe((now) => {
        if (now > sections.peek().nextChange || now < judgedAt.peek()) judgedAt.value = now;
      });
      const stopAdvising = shown.subscribe(() => void advise());
      const stopListening = ports.onChange(() => void reload());
      void reload();
      return () => {
        stopClock();
        stopJudging();
        stopAdvising();
        stopListening();
      };
    },
  };
}
