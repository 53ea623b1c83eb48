import { batch, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** Which login is looked at, and which one it is compared with. */
export interface Selection {
  /** Id of the login whose details are shown. */
  selected: ReadonlySignal<string | null>;
  /** Id of the login shown next to it. */
  compared: ReadonlySignal<string | null>;
  /** Shows a login alone, or with `compare` next to the one that is shown; comparing it again takes it away. */
  select(id: string, compare: boolean): void;
  clearSelection(): void;
}

/** Makes a selection that is empty. */
export function createSelection(): Selection {
  const selected = signal<string | null>(null);
  const compared = signal<string | null>(null);
  return {
    selected,
    compared,
    select(id, compare) {
      if (compare && selected.value && selected.value !== id)
        compared.value = compared.value === id ? null : id;
      else
        batch(() => {
          selected.value = id;
          compared.value = null;
        });
    },
    clearSelection: () =>
      batch(() => {
        selected.value = compared.value = null;
      }),
  };
}
