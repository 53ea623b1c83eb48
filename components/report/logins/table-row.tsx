import type { ComponentChildren } from 'preact';
import { messageKey } from '../../../utils/i18n/message.ts';
import { shownKind } from '../../../utils/model/login.ts';
import { siteName } from '../../../utils/model/site-name.ts';
import { accountName } from '../../shared/account-name.ts';
import { appName } from '../../shared/app-name.ts';
import { BreakableHost } from '../../shared/breakable-host.tsx';
import { t } from '../../shared/text.ts';
import { useTimes } from '../../shared/times-context.ts';
import { VerdictBadge } from '../../shared/verdict-badge.tsx';
import { kindWord } from '../kind-word.ts';
import { useReport } from '../report-context.ts';
import type { LoginRow } from './login-row.ts';
import type { SortKey } from './sort-rows.ts';

interface Props {
  row: LoginRow;
  /** Its place among all rows, from 0. */
  index: number;
  /** Whether the keyboard is on it. */
  active: boolean;
  /** Its distance in px from the first row. */
  top: number;
  /** Gets the row's element, to measure it. */
  measure: (element: HTMLElement | null) => void;
  onClick: (event: MouseEvent) => void;
}

/** One login in the table. */
export function TableRow({ row, index, active, top, measure, onClick }: Props) {
  const { selected, compared } = useReport();
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid takes the keys
    <div
      id={rowElementId(index)}
      role="row"
      class="grid-row"
      data-index={index}
      data-row={row.id}
      data-verdict={row.judged.verdict.verdict}
      data-active={active}
      aria-rowindex={index + 2}
      aria-selected={selected.value === row.id || compared.value === row.id}
      ref={measure}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onClick}
    >
      <Cells row={row} />
    </div>
  );
}

/** Returns the id of a row's element. */
export const rowElementId = (index: number) => `row-${index}`;

function Cells({ row }: { row: LoginRow }) {
  const times = useTimes();
  const { isWhole } = useReport();
  const { login, verdict } = row.judged;
  const cells: Record<SortKey, ComponentChildren> = {
    verdict: <VerdictBadge verdict={verdict} />,
    site: (
      <span class="site-name">
        {login.site ? <BreakableHost host={siteName(login.site)} /> : t('report.noSite')}
      </span>
    ),
    app: <code>{appName(login.clientId)}</code>,
    // The number of an account is known once all logins are.
    account: isWhole.value ? accountName(row.judged) : login.label,
    kind: kindWord(shownKind(login)),
    visibility: t(messageKey('visibility', verdict.visibility)),
    loggedIn: times.moment(login.loggedInAt),
    deadline: (
      <>
        <span class="cell-wide">{times.moment(verdict.deadline)}</span>
        <span class="cell-narrow">
          <span class="quiet">{t('report_page.due')}</span> {times.minute(verdict.deadline)}
        </span>
      </>
    ),
  };
  return (
    <>
      {Object.entries(cells).map(([column, cell]) => (
        <div key={column} role="gridcell" data-column={column}>
          {cell}
        </div>
      ))}
    </>
  );
}
