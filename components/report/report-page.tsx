import { useSignal } from '@preact/signals';
import { render } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { messageKey } from '../../utils/i18n/message.ts';
import type { VerdictName } from '../../utils/model/verdict.ts';
import { accountName } from '../shared/account-name.ts';
import { Button } from '../shared/button.tsx';
import { keepFocus } from '../shared/keep-focus.ts';
import { RichText } from '../shared/rich-text.tsx';
import { SendContext } from '../shared/send-context.ts';
import { t } from '../shared/text.ts';
import { TimesContext } from '../shared/times-context.ts';
import { timesIn } from '../shared/times.ts';
import { GuideView } from './guide/guide-view.tsx';
import { ImportView } from './import/import-view.tsx';
import { LoginsView } from './logins-view.tsx';
import { PrintDocument } from './print-document.tsx';
import { RecipesView } from './recipes-view.tsx';
import { ReportContext, useReport } from './report-context.ts';
import type { ReportPorts } from './report-ports.ts';
import { createReportState, type ReportState } from './report-state.ts';
import { SettingsView } from './settings/settings-view.tsx';

const VIEWS = {
  '': ['report_page.logins', LoginsView],
  import: ['report_page.import', ImportView],
  recipes: ['report_page.recipes', RecipesView],
  guide: ['report_page.guide', GuideView],
  settings: ['settings.title', SettingsView],
} as const;

type View = keyof typeof VIEWS;

/** Views that show nothing of what is recorded. */
const READS_NOTHING: ReadonlySet<View> = new Set(['recipes', 'guide']);

/** Returns the view that an address asks for. What stands after a slash is for the view itself. */
function viewOf(hash: string): View {
  const name = hash.replace(/^#/, '').split('/')[0] ?? '';
  return Object.hasOwn(VIEWS, name) ? (name as View) : '';
}

/** Returns the id of the login that an address asks for; null where it asks for none. */
function loginOf(hash: string): string | null {
  const [, id] = /^#login\/(.+)$/.exec(hash) ?? [];
  return id === undefined ? null : decodeURIComponent(id);
}

/** Follows the page's address: returns the view that it asks for, and opens the login that it names. */
function useAddress(openLogin: ReportState['openLogin']): View {
  const view = useSignal(viewOf(location.hash));
  useEffect(() => {
    const follow = () => {
      view.value = viewOf(location.hash);
      const login = loginOf(location.hash);
      if (login !== null) openLogin(login);
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [openLogin, view]);
  return view.value;
}

function ReportPage({ state }: { state: ReportState }) {
  const view = useAddress(state.openLogin);
  useEffect(() => state.start(), [state]);

  const loaded = state.records.value !== null;
  const failure = state.failure.value;
  const isReady = loaded && state.isWhole.value;
  useLayoutEffect(() => {
    if (isReady || failure) document.body.dataset.ready = isReady ? 'true' : 'error';
  }, [isReady, failure]);
  const [, Shown] = VIEWS[view];
  const isShown =
    view === '' ? state.scope.value || state.showsFiles.value : loaded || READS_NOTHING.has(view);
  return (
    <div class="report" data-testid="report">
      <Top view={view} />
      <main>
        <Banners />
        {isShown ? <Shown /> : !failure && <p class="quiet">{t('banner.loading')}</p>}
      </main>
    </div>
  );
}

/** The name, and the way to every view. */
function Top({ view }: { view: View }) {
  return (
    <header class="top">
      <h1>{t('name')}</h1>
      <nav aria-label={t('report_page.parts')}>
        {(Object.keys(VIEWS) as View[]).map((name) => (
          <a
            key={name}
            href={`#${name}`}
            data-view-link={name || 'logins'}
            aria-current={name === view ? 'page' : undefined}
          >
            {t(VIEWS[name][0])}
          </a>
        ))}
      </nav>
    </header>
  );
}

/** Why the database could not be read, and what came of a click. */
function Banners() {
  const { failure, notice } = useReport();
  return (
    <div class="banners" role="status">
      {failure.value && (
        <div class="banner bad">
          <p>{t(messageKey('problem', failure.value))}</p>
        </div>
      )}
      {notice.value && (
        <div class="banner">
          <p>
            <RichText text={notice.value} />
          </p>
          <Button action="dismiss" onClick={() => (notice.value = null)}>
            {t('banner.dismiss')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Puts the report page into one element of a document, and what is printed of it into another. */
export function startReport(root: Element, print: Element, ports: ReportPorts): void {
  document.documentElement.lang = t('lang');
  document.title = t('report_page.title');
  keepFocus(root);
  const state = createReportState(ports, {
    verdict: (name) => t(messageKey('verdict', name as VerdictName)),
    account: accountName,
    allSessions: t('report_page.allSessions'),
  });
  const inPage = (node: preact.ComponentChild) => (
    <TimesContext.Provider value={timesIn(ports.locale)}>
      <SendContext.Provider value={state.send}>
        <ReportContext.Provider value={state}>{node}</ReportContext.Provider>
      </SendContext.Provider>
    </TimesContext.Provider>
  );
  const Root = () => {
    const [node] = useState(() => <ReportPage state={state} />);
    return inPage(node);
  };
  render(<Root />, root);
  // The table on the screen holds only the rows in sight; paper gets them all.
  addEventListener('beforeprint', () => render(inPage(<PrintDocument />), print));
  addEventListener('afterprint', () => render(null, print));
}
