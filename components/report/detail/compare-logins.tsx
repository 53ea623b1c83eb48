import { useMemo } from 'preact/hooks';
import { Button } from '../../shared/button.tsx';
import { t } from '../../shared/text.ts';
import type { LoginRow } from '../logins/login-row.ts';
import { LoginDetail } from './login-detail.tsx';
import { useReport } from '../report-context.ts';

/** The selected login, and next to it the one it is compared with and how their calls differ. */
export function CompareLogins() {
  const state = useReport();
  const find = (id: string | null) => state.rows.value.find((row) => row.id === id);
  const first = find(state.selected.value);
  const second = find(state.compared.value);
  if (!first) return null;
  return (
    <section class="detail-box" aria-labelledby="detail-title" data-testid="detail">
      <div class="row">
        <h2 id="detail-title">{t(second ? 'report_page.compare' : 'report_page.detail')}</h2>
        {!second && <span class="quiet">{t('report_page.compareHelp')}</span>}
        <span class="gap" />
        <Button
          action="close-detail"
          onClick={() => {
            state.clearSelection();
          }}
        >
          {t('banner.dismiss')}
        </Button>
      </div>
      {second && <Difference first={first} second={second} />}
      <div class={second ? 'side-by-side' : undefined}>
        <LoginDetail row={first} />
        {second && <LoginDetail row={second} />}
      </div>
    </section>
  );
}

const callsOf = (row: LoginRow) =>
  new Map(
    row.judged.login.calls.map((c) => [
      `${c.method} ${c.path} ${c.status || t('calls.noAnswer')}`,
      c.times,
    ]),
  );

/** The calls that only one of two logins made, and those that both made. */
function Difference({ first, second }: { first: LoginRow; second: LoginRow }) {
  const [a, b] = useMemo(() => [callsOf(first), callsOf(second)], [first, second]);
  const only = (of: Map<string, number>, not: Map<string, number>) =>
    [...of.keys()].filter((call) => !not.has(call));
  const lists = [
    ['first', t('report_page.onlyFirst'), only(a, b)],
    ['second', t('report_page.onlySecond'), only(b, a)],
    ['both', t('report_page.both'), [...a.keys()].filter((call) => b.has(call))],
  ] as const;
  return (
    <dl class="facts panel" data-testid="difference">
      {lists.map(([key, title, calls]) => (
        <div key={key} data-only={key}>
          <dt>{title}</dt>
          <dd>
            {calls.length
              ? calls.map((call, i) => (
                  <span key={call}>
                    {i > 0 && ', '}
                    <code>{call}</code>
                  </span>
                ))
              : t('report_page.noCall')}
          </dd>
        </div>
      ))}
    </dl>
  );
}
