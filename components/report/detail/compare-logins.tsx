import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Button } from '../../shared/button.tsx';
import { prefersCalm } from '../../shared/prefers-calm.ts';
import { t } from '../../shared/text.ts';
import type { LoginRow } from '../logins/login-row.ts';
import { useReport } from '../report-context.ts';
import { LoginDetail } from './login-detail.tsx';

/** The selected login, and next to it the one it is compared with and how their calls differ. */
export function CompareLogins() {
  const state = useReport();
  const find = (id: string | null) => state.rows.value.find((row) => row.id === id);
  const first = find(state.selected.value);
  const second = find(state.compared.value);
  const box = useRef<HTMLElement>(null);
  useInSight(box, `${first?.id} ${second?.id}`);
  if (!first) return null;
  return (
    <section class="detail-box" aria-labelledby="detail-title" data-testid="detail" ref={box}>
      <div class="row">
        <span class="way-back">
          <Button action="back-to-list" onClick={goToList}>
            {t('report_page.backToList')}
          </Button>
        </span>
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

/** Brings a part of the page into sight whenever it shows something else, where it stands below the list and not beside it. */
function useInSight(part: RefObject<HTMLElement | null>, shows: string): void {
  useEffect(() => {
    const top = part.current?.getBoundingClientRect().top ?? 0;
    const list = document.querySelector('[data-testid="logins"]')?.getBoundingClientRect();
    if (!list || top < list.bottom) return;
    if (part.current) bringInSight(part.current);
  }, [shows]);
}

/** Goes to the list of logins, or to what is there in its place. */
function goToList(): void {
  const list = document.querySelector('[data-testid="logins"]');
  if (!list) return;
  list.querySelector<HTMLElement>('[role="grid"], button')?.focus({ preventScroll: true });
  bringInSight(list);
}

/** Scrolls the page until a part of it begins at the top; at once for people who want less motion. */
function bringInSight(part: Element): void {
  part.scrollIntoView({ behavior: prefersCalm() ? 'instant' : 'smooth' });
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
