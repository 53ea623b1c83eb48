import type { Rule } from '../../../utils/guidance/rule.ts';
import { nameOf, type Text } from '../../../utils/guidance/text.ts';
import { ExternalLink } from '../../shared/external-link.tsx';
import { GuidanceText } from '../../shared/guidance-text.tsx';
import { t } from '../../shared/text.ts';
import { ConsoleMenu } from './console-menu.tsx';

/** A rule in general: what a case would fill in is shown as an ellipsis. */
export function RuleSummary({ rule }: { rule: Rule }) {
  const name = `guidance.rules.${nameOf(rule.id)}`;
  const general = (key: string): Text => [key, ...Array.from({ length: 9 }, () => '…')];
  return (
    <details class="more" data-rule={rule.id}>
      <summary>
        {t(`guidance.ui.${rule.severity}`)} · <GuidanceText text={general(`${name}.title`)} />
      </summary>
      <p>
        <GuidanceText text={general(`${name}.detail`)} />
      </p>
      <ol class="bullets">
        {rule.fix.map((step) => (
          <li key={step.join()}>
            <GuidanceText text={step} />
          </li>
        ))}
      </ol>
      {rule.place && <ConsoleMenu place={rule.place} />}
      <p>
        {t('guidance.ui.docs')}: <ExternalLink href={rule.docs}>{rule.docs}</ExternalLink>
      </p>
    </details>
  );
}
