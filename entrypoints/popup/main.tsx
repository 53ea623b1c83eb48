import { browser } from 'wxt/browser';
import { startPopup } from '../../components/popup/popup.tsx';
import { onChange } from '../../utils/browser/change-channel.ts';
import { currentSite, onTabChange } from '../../utils/browser/current-site.ts';
import { requestNotificationPermission } from '../../utils/browser/notifications.ts';
import { readPendingHealth } from '../../utils/browser/pending-storage.ts';
import { openReport, popupView } from '../../utils/browser/popup-window.ts';
import { readPrivateLogins } from '../../utils/browser/private-storage.ts';
import { sendCommand } from '../../utils/browser/send-command.ts';
import { createSidePanelOpener } from '../../utils/browser/side-panel.ts';
import {
  requestSiteAccess,
  requestKakaoAccess,
  removeSiteAccess,
  hasKakaoAccess,
  hasSiteAccess,
} from '../../utils/browser/site-access.ts';
import { readKeptSnapshot } from '../../utils/browser/snapshot-storage.ts';
import type { Login } from '../../utils/model/login.ts';
import { createConnection } from '../../utils/store/connection.ts';
import type { PopupReading } from '../../utils/store/popup-data.ts';
import { isSnapshot, type PopupSnapshot } from '../../utils/store/popup-snapshot.ts';
import { withPrivateDone, withPrivateLogins } from '../../utils/store/private-logins.ts';
import { readDone, readPopup } from '../../utils/store/read-popup.ts';
import { createGuidanceClient } from '../../utils/workers/guidance-client.ts';

const withDatabase = createConnection();

/** Where one worker serves all windows, the database holds none of the private ones' logins. */
const readPrivate = import.meta.env.FIREFOX ? readPrivateLogins : async () => null;

const view = popupView();
document.documentElement.dataset.view = view;
const root = document.getElementById('root');
if (root)
  void startPopup(root, {
    now: () => Date.now(),
    loadSnapshot,
    load: loadPopup,
    loadPendingHealth: readPendingHealth,
    loadDone,
    onChange: view === 'panel' ? onStoreOrTabChange : onChange,
    send: sendCommand,
    currentSite,
    isWatched: hasSiteAccess,
    watch: requestSiteAccess,
    unwatch: removeSiteAccess,
    hasKakaoAccess,
    askKakaoAccess: requestKakaoAccess,
    askNotifications: requestNotificationPermission,
    advise: createGuidanceClient(),
    openReport,
    openSidePanel: view === 'panel' ? null : createSidePanelOpener(),
    view,
    locale: browser.i18n.getUILanguage(),
  });

async function loadSnapshot(): Promise<PopupSnapshot | null> {
  const [kept, inPrivate] = await Promise.all([
    readKeptSnapshot(),
    readPrivate().catch(() => null),
  ]);
  // The snapshot is of the database alone.
  return !inPrivate && isSnapshot(kept) ? kept : null;
}

async function loadPopup(site: string | null): Promise<PopupReading> {
  const now = Date.now();
  const stored = withDatabase((db) => readPopup(db, now, site));
  const [reading, inPrivate] = await Promise.all([stored, readPrivate()]);
  return inPrivate ? withPrivateLogins(reading, inPrivate, now, site) : reading;
}

async function loadDone(limit: number): Promise<Login[]> {
  const stored = withDatabase((db) => readDone(db, limit));
  const [done, inPrivate] = await Promise.all([stored, readPrivate()]);
  return inPrivate ? withPrivateDone(done, inPrivate, Date.now()) : done;
}

/** The side panel stays while other tabs come to the front. */
function onStoreOrTabChange(callback: () => void): () => void {
  const stops = [onChange(callback), onTabChange(callback)];
  return () => stops.forEach((stop) => stop());
}
