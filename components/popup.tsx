import { render } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { AppPanels } from './app-panel.tsx';
import { Banners } from './banners.tsx';
import { Header } from './header.tsx';
import { LoginSections } from './login-sections.tsx';
import { PopupContext, SendContext, TimesContext } from './popup-context.ts';
import { createPopupState } from './popup-state.ts';
import type { PopupPorts } from './ports.ts';
import { SettingsPanel } from './settings-panel.tsx';
import { SitePanel } from './site-panel.tsx';
import { t } from './text.ts';
import { timesIn } from './times.ts';

/** The whole popup, over its ports. */
function Popup({ ports }: { ports: PopupPorts }) {
  const [state] = useState(() => createPopupState(ports, prefersCalm()));
  useEffect(() => {
    const stop = state.start();
    // The first formatter of a language is slow to make; it is made while the database answers.
    timesIn(ports.locale).moment(ports.now());
    return stop;
  }, [state]);

  const data = state.data.value;
  const failed = state.failure.value !== null;
  useLayoutEffect(() => {
    if (!data && !failed) return;
    if (data && document.body.dataset.ready !== 'true') performance.mark('linkwatch-data');
    document.body.dataset.ready = data ? 'true' : 'error';
  }, [data, failed]);

  return (
    <PopupContext.Provider value={state}>
      <TimesContext.Provider value={timesIn(ports.locale)}>
        <SendContext.Provider value={state.send}>
          <div class="popup" data-testid="popup">
            <Header data={data} />
            <main>
              <Banners />
              {data ? (
                <>
                  <SitePanel data={data} />
                  <LoginSections data={data} />
                  <AppPanels apps={[...data.apps.values()]} />
                </>
              ) : (
                !failed && <p class="quiet">{t('banner.loading')}</p>
              )}
              {(data || failed) && <SettingsPanel data={data} />}
            </main>
          </div>
        </SendContext.Provider>
      </TimesContext.Provider>
    </PopupContext.Provider>
  );
}

function prefersCalm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Puts the popup into a page, and the page into its language. */
export function startPopup(root: Element, ports: PopupPorts): void {
  document.documentElement.lang = t('lang');
  document.title = t('extName');
  render(<Popup ports={ports} />, root);
}
