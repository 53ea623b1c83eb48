import { useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import {
  AUTO_LINK,
  FIXED_USER_ID,
  NOTICE_URL,
  UNLINK_WEBHOOK,
  WEBHOOK_TEST_URL,
} from '../../utils/kakao/console.ts';
import { docsIn } from '../../utils/kakao/docs-links.ts';
import { linkMode, type App } from '../../utils/model/app.ts';
import { appName } from '../shared/app-name.ts';
import { ConsolePath } from '../shared/console-path.tsx';
import { ExternalLink } from '../shared/external-link.tsx';
import { RadioGroup } from '../shared/radio-group.tsx';
import { RehearsalBadge } from '../shared/rehearsal-badge.tsx';
import { t } from '../shared/text.ts';
import { LinkModeChoice } from './link-mode-choice.tsx';
import { usePopup } from './popup-context.ts';
import { Rehearsal } from './rehearsal.tsx';

/** The settings of every app that was seen. */
export function AppPanels({ apps }: { apps: readonly App[] }) {
  return (
    <section data-testid="apps" aria-labelledby="apps-title">
      <h2 id="apps-title">{t('apps.title')}</h2>
      {apps.map((app) => (
        <AppPanel key={app.clientId} app={app} />
      ))}
    </section>
  );
}

/** The settings of one app: its link mode, its rehearsal window, and where things are set in Kakao's console. */
function AppPanel({ app }: { app: App }) {
  const { askedApp } = usePopup();
  const panel = useRef<HTMLDetailsElement>(null);
  useSignalEffect(() => {
    if (askedApp.value !== app.clientId || !panel.current) return;
    askedApp.value = null;
    panel.current.open = true;
    panel.current.querySelector('summary')?.focus();
    panel.current.scrollIntoView();
  });
  const mode = linkMode(app);
  return (
    <details class="app" ref={panel} data-client-id={app.clientId} data-link-mode={mode}>
      <summary>
        <code>{appName(app.clientId)}</code>
        <span class="count">{mode === 'unknown' ? t('apps.unknownMode') : t(`apps.${mode}`)}</span>
        {app.windowMs !== null && <RehearsalBadge />}
      </summary>
      <LinkModeChoice app={app} />
      <details class="more">
        <summary>{t('apps.check')}</summary>
        <ConsolePath place={AUTO_LINK} option="apps.autoOption" />
        <p>
          <ExternalLink href={NOTICE_URL}>{t('apps.notice')}</ExternalLink>
        </p>
      </details>
      <Rehearsal app={app} />
      <details class="more">
        <summary>{t('apps.webhook')}</summary>
        <ConsolePath place={UNLINK_WEBHOOK} option="apps.webhookHelp" />
        <p>
          <ExternalLink href={docsIn(t.language, WEBHOOK_TEST_URL)}>
            {t('apps.webhookTest')}
          </ExternalLink>
        </p>
      </details>
      <FixedUserId app={app} />
    </details>
  );
}

/** Whether the app gives a user the same id after each new link. */
function FixedUserId({ app }: { app: App }) {
  const { send } = usePopup();
  return (
    <details class="more">
      <summary>{t('apps.fixed')}</summary>
      <p>{t('apps.fixedHelp')}</p>
      <RadioGroup
        legend={t('apps.fixed')}
        choice="fixed-user-id"
        value={app.fixedUserId}
        options={[
          ['on', t('apps.fixedOn')],
          ['off', t('apps.fixedOff')],
          ['unknown', t('apps.fixedUnknown')],
        ]}
        onChange={(fixedUserId) => void send({ type: 'app', clientId: app.clientId, fixedUserId })}
      />
      <ConsolePath place={FIXED_USER_ID} option="apps.fixedOption" />
    </details>
  );
}
