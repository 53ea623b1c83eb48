import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Login } from '../../utils/model/login.ts';
import { coalesce } from '../shared/coalesce.ts';

const PAGE = 50;

/** The complete, unlinked and repeat logins, which are read only when someone opens them. */
export interface DoneLogins {
  /** Null until they are first asked for. */
  logins: ReadonlySignal<Login[] | null>;
  /** Reads the first page, once. */
  open(): Promise<void>;
  /** Reads one page more. */
  more(): Promise<void>;
  /** Reads again what is shown; nothing where nothing is. */
  refresh(): Promise<void>;
}

/** Makes that state: `load` gives the newest so many; `onError` gets the error of a reading that failed. */
export function createDoneLogins(
  load: (limit: number) => Promise<Login[]>,
  onError: (error: unknown) => void,
): DoneLogins {
  const logins = signal<Login[] | null>(null);
  let limit = 0;
  const read = coalesce(async () => {
    try {
      logins.value = await load(limit);
    } catch (error) {
      onError(error);
    }
  });
  return {
    logins,
    async open() {
      if (limit > 0) return;
      limit = PAGE;
      await read();
    },
    async more() {
      limit += PAGE;
      await read();
    },
    async refresh() {
      if (limit > 0) await read();
    },
  };
}
