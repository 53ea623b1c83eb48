import type { Finding } from '../../utils/guidance/rule.ts';
import type { Message } from '../../utils/i18n/message.ts';
import { Button } from './button.tsx';
import { ConsoleMenu } from './console-menu.tsx';
import { DocsLine } from './docs-line.tsx';
import { EvidenceList, type StepShower } from './evidence-list.tsx';
import { FindingLine } from './finding-line.tsx';
import { RichText } from './rich-text.tsx';
import { useSend } from './send-context.ts';
import { t } from './text.ts';

interface Props {
  findings: readonly Finding[];
  /** Set for findings of a file, which cannot be silenced. */
  readOnly?: boolean;
  /** Finds what evidence leads to; left out where a page shows no steps. */
  showStep?: StepShower;
}

const showNothing: StepShower = () => null;

/** Findings, each in one line until it is opened. Silenced ones stand apart, to be brought back. */
export function FindingsList({ findings, readOnly = false, showStep = showNothing }: Props) {
  const { spoken = [], silenced = [] } = Object.groupBy(findings, (f) =>
    f.silenced ? 'silenced' : 'spoken',
  );
  const details = (finding: Finding) => (
    <FindingDetails key={finding.id} finding={finding} readOnly={readOnly} showStep={showStep} />
  );
  return (
    <div class="findings" data-testid="findings">
      {spoken.map(details)}
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

interface DetailsProps {
  finding: Finding;
  readOnly: boolean;
  showStep: StepShower;
}

function FindingDetails({ finding, readOnly, showStep }: DetailsProps) {
  const send = useSend();
  const { causes, fix, place, docs, clientId, rule, silenced } = finding;
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
      {place && <ConsoleMenu place={place} />}
      <DocsLine page={docs} />
      <EvidenceList finding={finding} showStep={showStep} />
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
