import { messageKey } from '../../utils/i18n/message.ts';
import { accountName } from '../shared/account-name.ts';
import { AppKey } from '../shared/app-key.tsx';
import { CallList } from '../shared/call-list.tsx';
import { DoubtNote } from '../shared/doubt-note.tsx';
import { FindingsList } from '../shared/findings-list.tsx';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { CompletionFact, VisibilityFact } from '../shared/login-facts.tsx';
import { maybeText } from '../shared/login-messages.ts';
import { RichText } from '../shared/rich-text.tsx';
import { t } from '../shared/text.ts';
import { Timestamp } from '../shared/timestamp.tsx';
import { VerdictBadge } from '../shared/verdict-badge.tsx';
import { usePanel } from './panel-context.ts';

/** What is known of a login: its verdict and why, its kind and why, what can be seen, and what guidance says. */
export function LoginDetails({ judged }: { judged: JudgedLogin }) {
  const { login, verdict } = judged;
  const { findings } = usePanel();
  const own = findings.value.filter(
    (f) => f.login === login.id || (f.login === null && f.clientId === login.clientId),
  );
  return (
    <div class="tools-login" data-verdict={verdict.verdict}>
      <p>
        <b>{accountName(judged)}</b> <VerdictBadge verdict={verdict} />
      </p>
      <p>
        <RichText text={[messageKey('because', verdict.because)]} />
      </p>
      <DoubtNote login={login} verdict={verdict} isOfFile={false} />
      <dl class="facts">
        <div data-fact="kind">
          <dt>{t('report.kind')}</dt>
          <dd>
            <RichText text={maybeText(login) ?? [messageKey('kind', login.kindBecause)]} />
          </dd>
        </div>
        <CompletionFact verdict={verdict} />
        <VisibilityFact verdict={verdict}>{null}</VisibilityFact>
      </dl>
      <p class="card-meta">
        <AppKey clientId={login.clientId} />
        <span>
          {t('time.loggedIn')} <Timestamp at={login.loggedInAt} />
        </span>
        <span>
          {t('time.deadline')} <Timestamp at={verdict.deadline} />
        </span>
      </p>
      {own.length > 0 && <FindingsList findings={own} />}
      <CallList calls={login.calls} mode={verdict.linkMode} />
    </div>
  );
}
