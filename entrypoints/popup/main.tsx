import { browser } from 'wxt/browser';
import { startPopup } from '../../components/popup/popup.tsx';
import { onChange } from '../../utils/browser/change-channel.ts';
import { currentSite } from '../../utils/browser/current-site.ts';
import { requestNotificationPermission } from '../../utils/browser/notifications.ts';
import { isShownAsPopup, openPopupInTab, openReport } from '../../utils/browser/popup-window.ts';
import { readPendingHealth } from '../../utils/browser/pending-storage.ts';
import {
  requestSiteAccess,
  requestKakaoAccess,
  removeSiteAccess,
  hasKakaoAccess,
  hasSiteAccess,
} from '../../utils/browser/site-access.ts';
import { sendCommand } from '../../utils/browser/send-command.ts';
import { createConnection } from '../../utils/store/connection.ts';
import { readDone, readPopup } from '../../utils/store/read-popup.ts';
import { createGuidanceClient } from '../../utils/workers/guidance-client.ts';

const withDatabase = createConnection();
// The database opens while the views are made; whoever reads it is told if that fails.
withDatabase(() => {}).catch(() => {});

document.documentElement.dataset.view = isShownAsPopup() ? 'popup' : 'tab';
const root = document.getElementById('root');
if (root)
  startPopup(root, {
    now: () => Date.now(),
    load: (site) => withDatabase((db) => readPopup(db, Date.now(), site)),
    loadPendingHealth: readPendingHealth,
    loadDone: (limit) => withDatabase((db) => readDone(db, limit)),
    onChange,
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
    openInTab: openPopupInTab,
    locale: browser.i18n.getUILanguage(),
  });
