import { browser } from 'wxt/browser';
import { startPopup } from '../../components/popup/popup.tsx';
import type { PopupPorts } from '../../components/popup/popup-ports.ts';
import { createGuidanceClient } from '../../utils/workers/guidance-client.ts';
import { readPendingHealth } from '../../utils/browser/pending-storage.ts';
import { onChange } from '../../utils/browser/change-channel.ts';
import { sendCommand } from '../../utils/browser/send-command.ts';
import { openExtensionPage } from '../../utils/browser/extension-pages.ts';
import { currentSite } from '../../utils/browser/current-site.ts';
import { requestNotificationPermission } from '../../utils/browser/notifications.ts';
import {
  requestSiteAccess,
  requestKakaoAccess,
  removeSiteAccess,
  hasKakaoAccess,
  hasSiteAccess,
} from '../../utils/browser/site-access.ts';
import { readDone, readPopup } from '../../utils/store/read-popup.ts';
import { createConnection } from '../../utils/store/connection.ts';

const reading = createConnection();

const ports: PopupPorts = {
  now: () => Date.now(),
  async load(site) {
    const { data, rest } = await reading((db) => readPopup(db, Date.now(), site));
    const restWithHealth = Promise.all([rest, readPendingHealth()]).then(([counted, health]) => ({
      ...counted,
      ...(health && { health }),
    }));
    restWithHealth.catch(() => {}); // whoever waits for it is told of a failure
    return { data, rest: restWithHealth };
  },
  loadDone: (limit) => reading((db) => readDone(db, limit)),
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
  async openReport(part = '') {
    await openExtensionPage('/report.html', part);
    if (!location.search) window.close();
  },
  async openInTab() {
    const site = await currentSite();
    const query = site ? `?site=${encodeURIComponent(site)}` : '';
    await openExtensionPage('/popup.html', query);
    if (!location.search) window.close();
  },
  locale: browser.i18n.getUILanguage(),
};

// The database opens while the views are made; whoever reads first is told if that fails.
reading(() => {}).catch(() => {});
const isPopup = browser.extension.getViews({ type: 'popup' }).includes(window);
document.documentElement.dataset.view = isPopup ? 'popup' : 'tab';
const root = document.getElementById('root');
if (root) startPopup(root, ports);
