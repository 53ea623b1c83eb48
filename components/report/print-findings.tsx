import type { Finding } from '../../utils/guidance/rule.ts';
import { runRules } from '../../utils/guidance/run-rules.ts';
import { docsIn } from '../../utils/kakao/docs-links.ts';
import type { OutgoingText } from '../../utils/report/outgoing-text.ts';
import { accountName } from '../shared/account-name.ts';
import { appName } from '../shared/app-name.ts';
import { ConsoleMenu } from '../shared/console-menu.tsx';
import { FindingLine } from '../shared/finding-line.tsx';
import { RichText } from '../shared/rich-text.tsx';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { useReport } from './report-context.ts';

/** The findings on paper: each told once, with the logins or the app it is about. */
export function PrintFindings({ outgoing }: { outgoing: OutgoingText }) {
  const state = useReport();
  const { value: scope } = state.scope;
  if (!scope) return null;
  const { loginState, observations } = scope;
  const logins = new Set(state.shown.value.map((row) => row.id));
  const findings = runRules({ loginState, observations, logins }, state.at.value);
  const groups = Map.groupBy(
    findings.filter((f) => !f.silenced),
    ({ rule, title, detail, causes, fix }) => JSON.stringify([rule, title, detail, causes, fix]),
  );
  if (groups.size === 0) return null;
  return (
    <section>
      <h2>{t('report.findings')}</h2>
      {[...groups].map(([key, group]) => (
        <PrintedFinding key={key} group={group} outgoing={outgoing} />
      ))}
    </section>
  );
}

interface FindingProps {
  group: readonly Finding[];
  outgoing: OutgoingText;
}

/** One finding in full, and every login or app that it is told of. */
function PrintedFinding({ group, outgoing }: FindingProps) {
  const [finding] = group;
  if (!finding) return null;
  const { detail, fix, place, docs } = finding;
  return (
    <div class="printed-finding">
      <p>
        <FindingLine finding={finding} />
      </p>
      <p>
        <RichText text={detail} />
      </p>
      <ol>
        {fix.map((text) => (
          <li key={text.join()}>
            <RichText text={text} />
          </li>
        ))}
      </ol>
      {place && <ConsoleMenu place={place} />}
      <p>
        {t('guidance.ui.docs')}: {docsIn(t.language, docs)}
      </p>
      <FoundIn group={group} outgoing={outgoing} />
    </div>
  );
}

/** The logins that a finding is told of, or else its app; nothing where it is about the session. */
function FoundIn({ group, outgoing }: FindingProps) {
  const state = useReport();
  const times = useTimes();
  const rows = state.shown.value.filter((row) => group.some((f) => f.login === row.id));
  const apps = new Set(group.flatMap((f) => f.clientId ?? []));
  return (
    <>
      {apps.size > 0 && (
        <p>
          {t('report.appKey')}: {[...apps].map(appName).join(', ')}
        </p>
      )}
      {rows.length > 0 && (
        <p>
          {t('report.logins')}:{' '}
          {rows
            .map(
              ({ judged }) =>
                `${outgoing(accountName(judged))}, ${times.moment(judged.login.loggedInAt)}`,
            )
            .join(' · ')}
        </p>
      )}
    </>
  );
}
