import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Finding } from '../../utils/guidance/rule.ts';
import type { Message } from '../../utils/i18n/message.ts';
import type { Problem } from '../../utils/model/health.ts';
import type { Records } from '../../utils/store/read-records.ts';
import { createClock, type Clock } from '../shared/clock.ts';
import { coalesce } from '../shared/coalesce.ts';
import { createCommandSender, type SendCommand } from '../shared/command-sender.ts';
import { judgeLogins, type JudgedLogin } from '../shared/judged-login.ts';
import { storeProblemOf } from '../shared/store-problem.ts';
import { filterGroups, type Group } from './filter-groups.ts';
import type { PanelPorts } from './panel-ports.ts';
import { requestRow, rowText, type PanelRow } from './panel-rows.ts';
import { tabLogins } from './tab-logins.ts';

/** Everything the panel's components read and call. */
export interface PanelState {
  ports: PanelPorts;
  clock: Clock;
  /** Null until the first reading is done. */
  records: ReadonlySignal<Records | null>;
  /** Why the database could not be read, or null. */
  failure: ReadonlySignal<Problem | null>;
  /** Something to tell after a click, until it is closed. */
  notice: Signal<Message | null>;
  filter: Signal<string>;
  /** All rows of the tab, and those that the filter lets pass, in the order shown. */
  count: ReadonlySignal<number>;
  rows: ReadonlySignal<readonly PanelRow[]>;
  /** Key of the row that the keyboard is on; null before one was chosen. */
  active: Signal<string | null>;
  /** The row whose details are shown. */
  opened: ReadonlySignal<PanelRow | null>;
  findings: ReadonlySignal<readonly Finding[]>;
  open(key: string): void;
  close(): void;
  send: SendCommand;
  /** Reads, listens and ticks; returns what ends it. */
  start(): () => void;
}

/** How often verdicts are looked at again where nothing was stored, in ms. */
const JUDGE_EVERY_MS = 10_000;

/** Makes the panel's state over its ports. */
export function createPanelState(ports: PanelPorts): PanelState {
  const clock = createClock(ports.now, 1_000);
  const records = signal<Records | null>(null);
  const tab = signal<string | null>(null);
  const failure = signal<Problem | null>(null);
  const notice = signal<Message | null>(null);
  const filter = signal('');
  const active = signal<string | null>(null);
  const openedKey = signal<string | null>(null);
  const findings = signal<readonly Finding[]>([]);
  const judgedAt = signal(ports.now());
  const groups = computed(() => groupsOf(records.value, tab.value, judgedAt.value));
  const rows = computed(() => flat(filterGroups(groups.value, filter.value, rowText)));
  const opened = computed(() => {
    const key = openedKey.value;
    return flat(groups.value).find((row) => row.key === key) ?? null;
  });

  const reload = coalesce(async () => {
    try {
      const [read, name] = await Promise.all([ports.load(), ports.tabName()]);
      batch(() => {
        failure.value = null;
        tab.value = name;
        judgedAt.value = ports.now();
        records.value = read;
      });
      const ids = groups.peek().flatMap(({ heading }) => loginIdOf(heading));
      findings.value = ids.length ? await ports.advise(ids, judgedAt.peek()) : [];
    } catch (error) {
      failure.value = storeProblemOf(error);
    }
  });

  return {
    ports,
    clock,
    records,
    failure,
    notice,
    filter,
    count: computed(() => flat(groups.value).length),
    rows,
    active,
    opened,
    findings,
    open(key) {
      batch(() => {
        active.value = key;
        openedKey.value = key;
      });
    },
    close() {
      openedKey.value = null;
    },
    send: createCommandSender({ send: ports.send, notice, reload }),
    start() {
      const judging = setInterval(() => (judgedAt.value = ports.now()), JUDGE_EVERY_MS);
      const stops = [
        clock.start(),
        ports.onChange(() => void reload()),
        () => clearInterval(judging),
      ];
      void reload();
      return () => stops.forEach((stop) => stop());
    },
  };
}

function groupsOf(records: Records | null, tab: string | null, now: number): Group<PanelRow>[] {
  if (!records || tab === null) return [];
  const { logins, apps } = records.loginState;
  const judged = new Map<string, JudgedLogin>(
    judgeLogins([...logins.values()], apps, now).map((j) => [j.login.id, j]),
  );
  return tabLogins(logins, records.rows, tab).map(({ login, entries }) => {
    const of = (login && judged.get(login.id)) ?? null;
    return {
      heading: { kind: 'login', key: login ? `login ${login.id}` : 'no login', judged: of },
      rows: entries.map((o) => requestRow(o, of)),
    };
  });
}

const flat = (groups: readonly Group<PanelRow>[]): PanelRow[] =>
  groups.flatMap(({ heading, rows }) => [heading, ...rows]);

const loginIdOf = (row: PanelRow): string[] =>
  row.kind === 'login' && row.judged ? [row.judged.login.id] : [];
