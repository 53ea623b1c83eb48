import { messageKey } from '../../utils/i18n/message.ts';
import { CodeText } from '../shared/code-text.tsx';
import { t } from '../shared/text.ts';
import { Timestamp } from '../shared/timestamp.tsx';
import { countsWord, type RequestRow } from './panel-rows.ts';

/** A request, step or mark in one line: what it was, its status, and whether and why it counts. */
export function RequestLine({ row }: { row: RequestRow }) {
  const { observation: o, name, status, why, standing } = row;
  return (
    <span class="request-line" data-standing={standing}>
      <span class="mark" aria-hidden="true" />
      <span class="what">
        <CodeText text={name} />
      </span>
      <span class="status">{status}</span>
      <span class="why">
        {o.type === 'api' && <b>{countsWord(standing)}</b>}
        {o.type === 'api' && why && ' · '}
        <CodeText text={why} />
        <BodyFacts row={row} />
        {o.source !== 'browser' && <span class="source">{t(messageKey('source', o.source))}</span>}
      </span>
      <Timestamp at={o.at} format="clock" />
    </span>
  );
}

/** What the body of a call said, in short. */
function BodyFacts({ row: { observation: o } }: { row: RequestRow }) {
  if (o.type !== 'api') return null;
  const facts = [
    ...(o.hasSignedUp === null ? [] : [`has_signed_up: ${o.hasSignedUp}`]),
    ...(o.connectedAt === null ? [] : ['connected_at']),
    ...o.requiredScopes,
  ];
  return (
    <>
      {facts.map((fact) => (
        <code class="fact" key={fact}>
          {fact}
        </code>
      ))}
    </>
  );
}
