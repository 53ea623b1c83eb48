import { batch, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

/** Which login is looked at, and which one it is compared with. */
export interface Selection {
  /** Id of the login whose details are shown. */
  selected: ReadonlySignal<string | null>;
  /** Id of the login shown next to it. */
  compared: ReadonlySignal<string | null>;
  /** Shows a login alone. */
  select(id: string): void;
  /** Shows a login next to the one that is shown, alone where there is none; comparing it again takes it away. */
  compare(id: string): void;
  clearSelection(): void;
}

/** Makes a selection that is empty. */
export function createSelection(): Selection {
  const selected = signal<string | null>(null);
  const compared = signal<string | null>(null);
  const select = (id: string) =>
    batch(() => {
      selected.value = id;
      compared.value = null;
    });
  return {
    selected,
    compared,
    select,
    compare(id) {
      if (selected.value && selected.value !== id)
        compared.value = compared.value === id ? null : id;
      else select(id);
    },
    clearSelection: () =>
      batch(() => {
        selected.value = compared.value = null;
      }),
  };
}
