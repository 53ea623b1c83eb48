import { messageKey, type PlainKey } from '../../utils/i18n/message.ts';
import { shownKind } from '../../utils/model/login.ts';
import { siteName } from '../../utils/model/site-name.ts';
import type { Verdict } from '../../utils/model/verdict.ts';
import {
  createOutgoingText,
  outgoingSession,
  type OutgoingText,
} from '../../utils/report/outgoing-text.ts';
import { countVerdicts, verdictCounts } from '../../utils/report/verdict-counts.ts';
import { accountName } from '../shared/account-name.ts';
import { appName } from '../shared/app-name.ts';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import type { Times } from '../shared/times.ts';
import { kindWord } from './kind-word.ts';
import { PrintFindings } from './print-findings.tsx';
import { useReport } from './report-context.ts';

/** What words of a person are written with. */
interface Writers {
  times: Times;
  outgoing: OutgoingText;
}

/** The columns of the table of logins: the title of each, and its cell for a login. */
const COLUMNS: [title: PlainKey, cellOf: (judged: JudgedLogin, writers: Writers) => string][] = [
  ['report.verdict', ({ verdict }) => verdictText(verdict)],
  ['report.site', ({ login }) => (login.site ? siteName(login.site) : t('report.noSite'))],
  ['report.app', ({ login }) => appName(login.clientId)],
  ['report.account', (judged, { outgoing }) => outgoing(accountName(judged))],
  ['report.kind', ({ login }) => kindWord(shownKind(login))],
  ['report.seen', ({ verdict }) => t(messageKey('visibility', verdict.visibility))],
  ['report.loggedInAt', ({ login }, { times }) => times.moment(login.loggedInAt)],
  ['report.deadline', ({ verdict }, { times }) => times.moment(verdict.deadline)],
  [
    'report.callsSeen',
    ({ login }) => login.calls.map((c) => `${c.method} ${c.path} ${c.status}`).join(', '),
  ],
];

/** `Complete (likely) (rehearsal)`. */
function verdictText({ verdict, certainty, rehearsal }: Verdict): string {
  return [
    t(messageKey('verdict', verdict)),
    ...(certainty === 'likely' ? [`(${t('verdict.likely')})`] : []),
    ...(rehearsal ? [`(${t('header.rehearsal')})`] : []),
  ].join(' ');
}

/** What is printed: the session, its counts, every login that passes the filter, and their findings; not before all is read. */
export function PrintDocument() {
  const state = useReport();
  const times = useTimes();
  const rows = state.shown.value;
  const counts = verdictCounts(countVerdicts(rows.map((row) => row.judged.verdict.verdict)));
  if (!state.isWhole.value) return <p class="printed">{t('banner.loading')}</p>;
  const outgoing = createOutgoingText(state.chosenScope.value);
  const { value: shown } = state.shownSession;
  const session = shown && outgoingSession(shown, outgoing);
  return (
    <article class="printed" data-testid="printed">
      <h1>
        {t('report.title')}
        {session && ` · ${session.name}`}
      </h1>
      <p>
        {[
          `${t('report.judgedAt')} ${times.full(state.at.value)}`,
          session?.tester && `${t('report.tester')} ${session.tester}`,
          session?.build && `${t('report.build')} ${session.build}`,
          session?.environment && `${t('report.environment')} ${session.environment}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {session?.notes && <p class="printed-notes">{session.notes}</p>}
      <p>
        <b>{t('report.count', rows.length)}</b>
        {counts.map(([verdict, n]) => ` · ${t(messageKey('verdict', verdict))} ${n}`)}
      </p>
      <table>
        <thead>
          <tr>
            {COLUMNS.map(([title]) => (
              <th key={title} scope="col">
                {t(title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, judged }) => (
            <tr key={id}>
              {COLUMNS.map(([title, cellOf]) => (
                <td key={title}>{cellOf(judged, { times, outgoing })}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <PrintFindings outgoing={outgoing} />
    </article>
  );
}
