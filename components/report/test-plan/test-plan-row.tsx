import type { TestPlanItem } from '../../../utils/report/test-plan/test-case.ts';
import { CodeText } from '../../shared/code-text.tsx';
import { t } from '../../shared/text.ts';
import { useTimes } from '../../shared/times-context.ts';
import { useReport } from '../report-context.ts';

interface Props {
  item: TestPlanItem;
  name: string;
  /** How to exercise it, in one line. */
  how: string;
  /** When what shows it happened, epoch ms; null where nothing does. */
  shownAt: number | null;
}

const SIGNS = { yes: '✓', likely: '?', no: '–' } as const;

/** One case: whether it was exercised, by which login, and where it surely was not, how to exercise it. */
export function TestPlanRow({ item, name, how, shownAt }: Props) {
  const { select } = useReport();
  const times = useTimes();
  const { seen, login } = item;
  const moment = shownAt === null ? null : times.moment(shownAt);
  return (
    <li data-case={item.case} data-seen={seen}>
      <span class="test-plan-sign" aria-hidden="true">
        {SIGNS[seen]}
      </span>
      <div>
        <b>{name}</b> <span class="quiet">{t(`report.plan.${seen}`)}</span>{' '}
        {login ? (
          <button type="button" class="link" data-proof={login} onClick={() => select(login)}>
            {t('report.login')} {moment}
          </button>
        ) : (
          moment && <span class="quiet">{moment}</span>
        )}
        {seen !== 'yes' && (
          <p class="quiet">
            <CodeText text={how} />
          </p>
        )}
      </div>
    </li>
  );
}
