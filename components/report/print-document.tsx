import { messageKey } from '../../utils/i18n/message.ts';
import { shownKind } from '../../utils/model/login.ts';
import { siteName } from '../../utils/model/site-name.ts';
import { createOutgoingText, outgoingSession } from '../../utils/report/outgoing-text.ts';
import { countVerdicts, verdictCounts } from '../../utils/report/verdict-counts.ts';
import { accountName } from '../shared/account-name.ts';
import { appName } from '../shared/app-name.ts';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { kindWord } from './kind-word.ts';
import { PrintFindings } from './print-findings.tsx';
import { useReport } from './report-context.ts';

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
            {[
              t('report.verdict'),
              t('report.site'),
              t('report.app'),
              t('report.account'),
              t('report.kind'),
              t('report.seen'),
              t('report.loggedInAt'),
              t('report.deadline'),
              t('report.callsSeen'),
            ].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, judged }) => (
            <tr key={id}>
              <td>
                {t(messageKey('verdict', judged.verdict.verdict))}
                {judged.verdict.certainty === 'likely' && ` (${t('verdict.likely')})`}
                {judged.verdict.rehearsal && ` (${t('header.rehearsal')})`}
              </td>
              <td>{judged.login.site ? siteName(judged.login.site) : t('report.noSite')}</td>
              <td>{appName(judged.login.clientId)}</td>
              <td>{outgoing(accountName(judged))}</td>
              <td>{kindWord(shownKind(judged.login))}</td>
              <td>{t(messageKey('visibility', judged.verdict.visibility))}</td>
              <td>{times.moment(judged.login.loggedInAt)}</td>
              <td>{times.moment(judged.verdict.deadline)}</td>
              <td>
                {judged.login.calls.map((c) => `${c.method} ${c.path} ${c.status}`).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <PrintFindings outgoing={outgoing} />
    </article>
  );
}
