import { render } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { keepFocus } from '../shared/keep-focus.ts';
import { prefersCalm } from '../shared/prefers-calm.ts';
import { SendContext } from '../shared/send-context.ts';
import { t } from '../shared/text.ts';
import { TimesContext } from '../shared/times-context.ts';
import { timesIn } from '../shared/times.ts';
import { AppFindings } from './app-findings.tsx';
import { AppPanels } from './app-panel.tsx';
import { AskLinkMode } from './ask-link-mode.tsx';
import { Banners } from './banners.tsx';
import { FirstUse } from './first-use.tsx';
import { Header } from './header.tsx';
import { LoginSections } from './login-sections.tsx';
import { PopupContext } from './popup-context.ts';
import type { PopupPorts } from './popup-ports.ts';
import { createPopupState, type PopupState } from './popup-state.ts';
import { SettingsPanel } from './settings-panel.tsx';
import { SitePanel } from './site-panel.tsx';

/** The whole popup, over its state. */
function Popup({ state }: { state: PopupState }) {
  const { locale } = state.ports;
  const data = state.data.value;
  const failed = state.failure.value !== null;
  // Nothing can be set or cleared in the database of a newer version.
  const canBeSet = state.failure.value !== 'db-newer';
  const isCurrent = state.isCurrent.value;
  useLayoutEffect(() => {
    if (data && !performance.getEntriesByName('linkwatch-data').length)
      performance.mark('linkwatch-data');
    if (failed || isCurrent) document.body.dataset.ready = data ? 'true' : 'error';
  }, [data, failed, isCurrent]);

  return (
    <PopupContext.Provider value={state}>
      <TimesContext.Provider value={timesIn(locale)}>
        <SendContext.Provider value={state.send}>
          <div class="popup" data-testid="popup">
            <Header data={data} canBeSet={canBeSet} />
            <main>
              <Banners />
              {data ? (
                <>
                  <SitePanel data={data} />
                  {isCurrent && data.apps.size === 0 && <FirstUse settings={data.settings} />}
                  <AskLinkMode />
                  <AppFindings />
                  <LoginSections data={data} />
                  {isCurrent && data.apps.size > 0 && <AppPanels apps={[...data.apps.values()]} />}
                </>
              ) : (
                !failed && <p class="quiet">{t('banner.loading')}</p>
              )}
              {canBeSet && (isCurrent || failed) && <SettingsPanel data={data} />}
            </main>
          </div>
        </SendContext.Provider>
      </TimesContext.Provider>
    </PopupContext.Provider>
  );
}

/** Puts the popup into a page, and the page into its language. */
export async function startPopup(root: Element, ports: PopupPorts): Promise<void> {
  document.documentElement.lang = t('lang');
  document.title = t('extName');
  keepFocus(root);
  const state = createPopupState(ports, prefersCalm());
  const hasSnapshot = await state.showSnapshot();
  // The state starts outside of an effect, which would wait for the first paint.
  if (!hasSnapshot) state.start();
  render(<Popup state={state} />, root);
  setTimeout(() => {
    // What the snapshot shows is painted first.
    if (hasSnapshot) return void state.start();
    // The formatters of a language are slow to make; those that cards need are made while the database answers.
    const times = timesIn(ports.locale);
    times.minute(0);
    times.left(0);
  });
}
