import type { Finding } from '../../utils/guidance/rule.ts';
import type { Message } from '../../utils/i18n/message.ts';
import { Button } from './button.tsx';
import { ExternalLink } from './console-path.tsx';
import { RichText } from './rich-text.tsx';
import { useSend } from '../popup/popup-context.ts';
import { t } from './text.ts';

/** A finding in one line: how grave it is, and what it says. */
export function FindingLine({ finding }: { finding: Finding }) {
  return (
    <span class="finding-line" data-finding={finding.rule} data-severity={finding.severity}>
      <b>{t(`guidance.ui.${finding.severity}`)}</b> <RichText text={finding.title} />
    </span>
  );
}

interface Props {
  findings: readonly Finding[];
  /** Findings of a file can be read, not silenced. */
  readOnly?: boolean;
}

/** Findings, each in one line until it is opened; silenced ones apart, to be brought back. */
export function FindingsList({ findings, readOnly = false }: Props) {
  const { heard = [], silenced = [] } = Object.groupBy(findings, (f) =>
    f.silenced ? 'silenced' : 'heard',
  );
  const details = (finding: Finding) => (
    <FindingDetails key={finding.id} finding={finding} readOnly={readOnly} />
  );
  return (
    <div class="findings" data-testid="findings">
      {heard.map(details)}
      {silenced.length > 0 && (
        <details class="more" data-testid="silenced">
          <summary>
            {t('guidance.ui.silenced')} <span class="count">{silenced.length}</span>
          </summary>
          {silenced.map(details)}
        </details>
      )}
    </div>
  );
}

function FindingDetails({ finding, readOnly }: { finding: Finding; readOnly: boolean }) {
  const send = useSend();
  const { causes, fix, place, docs, evidence, clientId, rule, silenced } = finding;
  return (
    <details data-rule={rule}>
      <summary>
        <FindingLine finding={finding} />
      </summary>
      <p>
        <RichText text={finding.detail} />
      </p>
      <Steps title={t('guidance.ui.causes')} steps={causes} />
      <Steps title={t('guidance.ui.steps')} steps={fix} />
      {place && (
        <p>
          {t('guidance.ui.console')}: <span lang="ko">{place.menu.join(' > ')}</span>
        </p>
      )}
      <p>
        {t('guidance.ui.docs')}: <ExternalLink href={docs}>{docs}</ExternalLink>
      </p>
      <p>
        {t('guidance.ui.evidence')}: <code>{evidence.join(', ')}</code>
      </p>
      {!readOnly && clientId !== null && (
        <Button
          kind="link"
          action={silenced ? 'bring-back' : 'silence'}
          onClick={() => send({ type: 'silence', clientId, rule, silenced: !silenced })}
        >
          {t(silenced ? 'guidance.ui.bringBack' : 'guidance.ui.silence')}
        </Button>
      )}
    </details>
  );
}

function Steps({ title, steps }: { title: string; steps: readonly Message[] }) {
  if (steps.length === 0) return null;
  return (
    <>
      <p>{title}</p>
      <ol>
        {steps.map((text) => (
          <li key={text.join()}>
            <RichText text={text} />
          </li>
        ))}
      </ol>
    </>
  );
}
