import type { ComponentChildren } from 'preact';
import { messageKey } from '../../utils/i18n/message.ts';
import type { ApiFact, Observation } from '../../utils/model/observation.ts';
import { siteName } from '../../utils/model/site-name.ts';
import { CodeText } from '../shared/code-text.tsx';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { Timestamp } from '../shared/timestamp.tsx';
import { LoginDetails } from './login-details.tsx';
import { usePanel } from './panel-context.ts';
import type { RequestRow } from './panel-rows.ts';

/** The details of the row that was opened. */
export function RowDetails() {
  const state = usePanel();
  const row = state.opened.value;
  if (!row) return null;
  return (
    <aside class="row-details" aria-label={t('devtools.details')} data-testid="details">
      <header>
        <h2>{t('devtools.details')}</h2>
        <button type="button" data-action="close" onClick={() => state.close()}>
          {t('devtools.close')}
        </button>
      </header>
      {row.kind === 'request' ? (
        <RequestDetails row={row} />
      ) : row.judged ? (
        <LoginDetails judged={row.judged} />
      ) : (
        <p>{t('devtools.other')}</p>
      )}
    </aside>
  );
}

function RequestDetails({ row }: { row: RequestRow }) {
  const { observation: o, name, status, why, standing } = row;
  return (
    <>
      <p class="request-name">
        <CodeText text={name} /> <b>{status}</b>
      </p>
      <dl class="facts-table">
        {o.type === 'api' && (
          <Fact name={t(standing === 'counts' ? 'devtools.whyCounts' : 'devtools.whyNot')}>
            <CodeText text={why} />
          </Fact>
        )}
        {o.type === 'token' && o.error && <Fact name={t('devtools.code')}>{o.error}</Fact>}
        {o.type === 'api' && <BodyFacts call={o} />}
        <Fact name={t('devtools.time')}>
          <Timestamp at={o.at} /> <SinceLogin row={row} />
        </Fact>
        {o.site && <Fact name={t('report.site')}>{siteName(o.site)}</Fact>}
        <Fact name={t('devtools.source')}>{t(messageKey('source', o.source))}</Fact>
      </dl>
    </>
  );
}

/** What the body of a call said, field by field. */
function BodyFacts({ call }: { call: Observation<ApiFact> }) {
  const { code, hasSignedUp, connectedAt, account, wholeBody, requiredScopes, source } = call;
  const isKnown =
    wholeBody || code !== null || hasSignedUp !== null || connectedAt !== null || account !== null;
  const unseen = source === 'server' ? 'devtools.bodyServer' : 'devtools.bodyUnseen';
  const known = wholeBody ? 'devtools.bodyWhole' : 'devtools.bodyPart';
  return (
    <>
      <Fact name={t('devtools.body')}>{t(isKnown ? known : unseen)}</Fact>
      {code !== null && <Fact name={t('devtools.code')}>{code}</Fact>}
      {(hasSignedUp !== null || wholeBody) && (
        <Fact name={t('devtools.hasSignedUp')}>
          {hasSignedUp === null ? t('devtools.absent') : String(hasSignedUp)}
        </Fact>
      )}
      {connectedAt !== null && (
        <Fact name={t('devtools.connectedAt')}>
          <Timestamp at={connectedAt} />
        </Fact>
      )}
      {account !== null && (
        <Fact name={t('devtools.user')}>
          <code>{t('devtools.userHash', [account.slice(0, 8)])}</code>
        </Fact>
      )}
      {requiredScopes.length > 0 && (
        <Fact name={t('devtools.scopes')}>
          <code>{requiredScopes.join(', ')}</code>
        </Fact>
      )}
    </>
  );
}

function SinceLogin({ row: { observation, judged } }: { row: RequestRow }) {
  const times = useTimes();
  if (!judged) return null;
  const ms = observation.at - judged.login.loggedInAt;
  const span = times.ticking(Math.floor(Math.abs(ms) / 1000) * 1000);
  return (
    <span class="quiet">{t(ms < 0 ? 'devtools.beforeLogin' : 'devtools.sinceLogin', [span])}</span>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>
        <CodeText text={name} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
