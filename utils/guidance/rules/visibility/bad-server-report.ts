import { DOCS } from '../../../kakao/docs-links.ts';
import type { SessionRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires once for each site and fault when a `kakao` metric in `Server-Timing` could not be read and was dropped.
 */
export const badServerReport: SessionRule = {
  id: 'bad-server-report',
  applies: 'session',
  severity: 'warning',
  docs: DOCS.serverTiming,
  fix: [step('mend_report')],
  check({ byType }) {
    return [...Map.groupBy(byType('bad-report'), (o) => `${o.site ?? '—'} ${o.reason}`)].map(
      ([subject, found]) => ({
        subject,
        evidence: found.map((o) => o.id),
        args: subject.split(' '),
        detail: [`guidance.rules.bad_server_report.${found[0]?.reason ?? 'method'}`],
      }),
    );
  },
};
