import type { Message } from '../../utils/i18n/message.ts';
import { messageKey } from '../../utils/i18n/message.ts';
import { POLICY } from '../../utils/kakao/policy.ts';
import { linkMode, type App } from '../../utils/model/app.ts';
import type { LinkMode } from '../../utils/model/observation.ts';
import { RadioGroup } from '../shared/radio-group.tsx';
import { RichText } from '../shared/rich-text.tsx';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { usePopup } from './popup-context.ts';

const CHANGES: Record<LinkMode, Message> = {
  auto: ['apps.changesAuto'],
  manual: ['apps.changesManual'],
  unknown: ['apps.changesUnknown'],
};

/** The app's link mode: what was inferred and from what, and the tester's own answer, which wins. */
export function LinkModeChoice({ app }: { app: App }) {
  const { send } = usePopup();
  const times = useTimes();
  const mode = linkMode(app);
  return (
    <>
      <p>
        <RichText text={['apps.what']} />
      </p>
      <RadioGroup
        legend={t('apps.mode')}
        choice="link-mode"
        value={app.linkModeOverride}
        options={[
          ['auto', t('apps.auto')],
          ['manual', t('apps.manual')],
          ['unknown', t('apps.unknown')],
        ]}
        onChange={(choice) => void send({ type: 'app', clientId: app.clientId, linkMode: choice })}
      />
      <ul class="evidence">
        <li data-inferred={app.inferredLinkMode}>
          {app.inferredLinkMode !== 'unknown' &&
            `${t('apps.inferred', [t(`apps.${app.inferredLinkMode}`)])} · `}
          <RichText text={[messageKey('apps', app.inferredBecause)]} />
          {app.inferredAt !== null && ` ${t('apps.inferredAt', [times.moment(app.inferredAt)])}`}
        </li>
        {app.linkModeOverride !== 'unknown' && (
          <li>{t('apps.byHand', [t(`apps.${app.linkModeOverride}`)])}</li>
        )}
        <li>
          <b>
            <RichText text={CHANGES[mode]} />
          </b>
        </li>
      </ul>
      {mode !== 'manual' && (
        <details class="more">
          <summary>{t('apps.listedCalls')}</summary>
          <ul class="paths">
            {POLICY.qualifying.map((path) => (
              <li key={path}>
                <code>{path}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
