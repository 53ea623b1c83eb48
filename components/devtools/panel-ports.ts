import type { Finding } from '../../utils/guidance/rule.ts';
import type { Command, CommandResult } from '../../utils/model/command.ts';
import type { Records } from '../../utils/store/read-records.ts';

/** What the panel needs from outside. The entrypoint wires it to the browser, tests wire it to fixtures. */
export interface PanelPorts {
  /** Epoch ms. */
  now(): number;
  /** Reads everything recorded. Rejects with a StoreProblem where the database cannot be read. */
  load(): Promise<Records>;
  /** Returns the name of the inspected tab in observations; null where it has none yet. */
  tabName(): Promise<string | null>;
  /** Calls back after anything stored has changed; returns what ends that. */
  onChange(callback: () => void): () => void;
  send(command: Command): Promise<CommandResult>;
  /** Gives what guidance says of some logins at an instant (epoch ms), worst first. Never rejects. */
  advise(logins: readonly string[], at: number): Promise<readonly Finding[]>;
  /** Language for dates and durations. */
  locale: string;
}
