import { browser } from 'wxt/browser';
import { startToolsPanel } from '../../components/devtools/tools-panel.tsx';
import { onChange } from '../../utils/browser/change-channel.ts';
import { sendCommand } from '../../utils/browser/send-command.ts';
import { followToolsTheme, panelTab } from '../../utils/browser/tools-panel.ts';
import { browserRunName } from '../../utils/browser/worker-memory.ts';
import { createConnection } from '../../utils/store/connection.ts';
import { createRecordsReader } from '../../utils/store/read-records.ts';
import { createGuidanceClient } from '../../utils/workers/guidance-client.ts';

const withDatabase = createConnection();
const readRecords = createRecordsReader();
const tab = panelTab();

followToolsTheme((theme) => {
  document.documentElement.dataset.theme = theme;
});
const root = document.getElementById('root');
if (root)
  startToolsPanel(root, {
    now: () => Date.now(),
    load: () => withDatabase(readRecords),
    async tabName() {
      const run = await browserRunName();
      return run === null || tab === null ? null : `${run}:${tab}`;
    },
    onChange,
    send: sendCommand,
    advise: createGuidanceClient(),
    locale: browser.i18n.getUILanguage(),
  });
