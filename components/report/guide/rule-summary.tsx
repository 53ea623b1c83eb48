import type { Rule } from '../../../utils/guidance/rule.ts';
import { generalRuleMessage } from '../../../utils/guidance/text.ts';
import { ConsoleMenu } from '../../shared/console-menu.tsx';
import { DocsLine } from '../../shared/docs-line.tsx';
import { RichText } from '../../shared/rich-text.tsx';
import { t } from '../../shared/text.ts';

/** A rule in general: what a case would fill in is shown as an ellipsis. */
export function RuleSummary({ rule }: { rule: Rule }) {
  return (
    <details class="more" data-rule={rule.id}>
      <summary>
        {t(`guidance.ui.${rule.severity}`)} ·{' '}
        <RichText text={generalRuleMessage(rule.id, 'title')} />
      </summary>
      <p>
        <RichText text={generalRuleMessage(rule.id, 'detail')} />
      </p>
      <ol class="bullets">
        {rule.fix.map((step) => (
          <li key={step.join()}>
            <RichText text={step} />
          </li>
        ))}
      </ol>
      {rule.place && <ConsoleMenu place={rule.place} quiet />}
      <DocsLine page={rule.docs} />
    </details>
  );
}
