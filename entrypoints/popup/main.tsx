import { render } from 'preact';
import { browser } from 'wxt/browser';
import { Popup } from '../../components/popup.tsx';
import type { PopupPorts } from '../../components/ports.ts';
import { healthAside } from '../../utils/browser/aside.ts';
import { onChange } from '../../utils/browser/changes.ts';
import { sendCommand } from '../../utils/browser/commands.ts';
import { currentSite } from '../../utils/browser/current-site.ts';
import { download } from '../../utils/browser/download.ts';
import { askNotifications } from '../../utils/browser/notices.ts';
import {
  askAccess,
  askKakaoAccess,
  giveBack,
  hasKakaoAccess,
  isGranted,
} from '../../utils/browser/site-access.ts';
import { writeJson } from '../../utils/report/json.ts';
import { openStore, StoreProblem, type Db } from '../../utils/store/open.ts';
import { readDone, readPopup } from '../../utils/store/read-popup.ts';
import { readReport } from '../../utils/store/read-report.ts';

let opening: Promise<Db> | null = null;
const store = () => (opening ??= openStore(() => (opening = null)));

const ports: PopupPorts = {
  now: () => Date.now(),
  async load(site) {
    const aside = await healthAside();
    try {
      const data = await readPopup(await store(), Date.now(), site);
      return aside ? { ...data, health: aside } : data;
    } catch (error) {
      opening = null;
      throw error instanceof StoreProblem ? error : new StoreProblem('db-failed', error);
    }
  },
  loadDone: async (limit) => readDone(await store(), limit),
  onChange,
  send: sendCommand,
  currentSite,
  isWatched: isGranted,
  watch: askAccess,
  unwatch: giveBack,
  hasKakaoAccess,
  askKakaoAccess,
  askNotifications,
  async exportJson() {
    const { name, version } = browser.runtime.getManifest();
    const target = import.meta.env.BROWSER;
    const report = await readReport(await store(), { name, version, browser: target }, Date.now());
    if (report)
      download(`linkwatch-${report.session.name}.json`, 'application/json', writeJson(report));
  },
  async openInTab() {
    const site = await currentSite();
    const query = site ? `?site=${encodeURIComponent(site)}` : '';
    await browser.tabs.create({ url: browser.runtime.getURL('/popup.html') + query });
    if (!location.search) window.close();
  },
  locale: browser.i18n.getUILanguage(),
};

const root = document.getElementById('root');
if (root) render(<Popup ports={ports} />, root);
