import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Login } from '../../utils/model/login.ts';
import { coalesce } from '../shared/coalesce.ts';

const STEP = 50;

/** The logins that are done: read only when someone looks at them. */
export interface Done {
  /** Null until they are first asked for. */
  logins: ReadonlySignal<Login[] | null>;
  /** Reads them for the first time. */
  open(): Promise<void>;
  /** Reads so many more. */
  more(): Promise<void>;
  /** Reads again what is shown; nothing where nothing is. */
  refresh(): Promise<void>;
}

/** `load` gives the newest so many; `failed` is told of a reading that failed. */
export function createDone(
  load: (limit: number) => Promise<Login[]>,
  failed: (error: unknown) => void,
): Done {
  const logins = signal<Login[] | null>(null);
  let limit = 0;
  const read = coalesce(async () => {
    try {
      logins.value = await load(limit);
    } catch (error) {
      failed(error);
    }
  });
  return {
    logins,
    async open() {
      if (limit > 0) return;
      limit = STEP;
      await read();
    },
    async more() {
      limit += STEP;
      await read();
    },
    async refresh() {
      if (limit > 0) await read();
    },
  };
}
