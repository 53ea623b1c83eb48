import { batch, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { snapshotData } from '../../utils/store/popup-snapshot.ts';
import type { LoginSectionsState } from './login-sections-state.ts';
import type { PopupPorts } from './popup-ports.ts';
import { readTabAccess, type TabAccess } from './tab-access.ts';

/** How the popup gets its data: first what was kept for it, then what is stored. */
export interface PopupReader {
  /** Whether the data, with its counts, is the database's own; false while it is a snapshot. */
  isCurrent: ReadonlySignal<boolean>;
  /** Shows what was kept for the first moment; resolves to whether anything was. Call it before `read`; never rejects. */
  showSnapshot(): Promise<boolean>;
  /** Reads what is stored, and asks the browser what it grants. Rejects with a StoreProblem where it cannot. */
  read(): Promise<void>;
}

/** Makes that reader; it shows logins by `logins` and notes the current tab in `tab`. */
export function createPopupReader(
  ports: PopupPorts,
  { data, show }: LoginSectionsState,
  tab: Signal<TabAccess>,
): PopupReader {
  const isCurrent = signal(false);
  let isSnapshot = false;
  const currentSite = () => ports.currentSite().catch(() => null);

  return {
    isCurrent,
    async showSnapshot() {
      const [snapshot, site] = await Promise.all([ports.loadSnapshot(), currentSite()]);
      if (!snapshot) return false;
      const kept = snapshotData(snapshot, site);
      // What the browser grants is asked for with the first reading.
      tab.value = { site, watched: kept.site.watchedSince !== null, kakaoAccess: true };
      show(kept);
      isSnapshot = true;
      return true;
    },
    async read() {
      const site = await currentSite();
      // The database and the grants are read at the same time: each is a way to another process and back.
      const loading = ports.load(site);
      loading.catch(() => {}); // it rejects below, where it is awaited
      tab.value = await readTabAccess(ports, site);
      try {
        const read = await loading;
        // The first cards show before all are counted; later lists and counts come together, so that nothing flickers.
        if (!isCurrent.value) show({ ...read.data, counts: data.value?.counts ?? null });
        isSnapshot = false;
        const [rest, health] = await Promise.all([read.rest, ports.loadPendingHealth()]);
        batch(() => {
          show({ ...read.data, ...rest, ...(health && { health }) });
          isCurrent.value = true;
        });
      } catch (error) {
        // A snapshot is not shown as if it were stored.
        if (isSnapshot) show(null);
        throw error;
      }
    },
  };
}
