import { FindingLine } from '../shared/finding-line.tsx';
import { FindingsList } from '../shared/findings-list.tsx';
import { t } from '../shared/text.ts';
import { usePopup } from './popup-context.ts';

/** The findings about apps and the session: the worst in one line, the others under it. */
export function AppFindings() {
  const findings = usePopup().findings.value.filter((f) => !f.login);
  const worst = findings.find((f) => !f.silenced);
  return (
    findings.length > 0 && (
      <details class="more" data-testid="app-findings">
        <summary>
          {worst ? <FindingLine finding={worst} /> : t('guidance.ui.silenced')}{' '}
          <span class="count">{findings.length}</span>
        </summary>
        <FindingsList findings={findings} />
      </details>
    )
  );
}
