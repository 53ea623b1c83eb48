import { DOCS } from '../../../kakao/docs-links.ts';
import type { BadReportFact, Observation } from '../../../model/observation.ts';
import type { SessionRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** A `kakao` metric in Server-Timing that cannot be read: it was dropped. One finding a site and fault. */
export const badServerReport: SessionRule = {
  id: 'bad-server-report',
  applies: 'session',
  severity: 'warning',
  docs: DOCS.serverTiming,
  fix: [step('mend_report')],
  check({ context }) {
    const bad = context.observations.filter(
      (o): o is Observation<BadReportFact> => o.type === 'bad-report',
    );
    return [...Map.groupBy(bad, (o) => `${o.site ?? '—'} ${o.reason}`)].map(([about, found]) => ({
      about,
      evidence: found.map((o) => o.id),
      args: about.split(' '),
      detail: [`guidance.rules.bad_server_report.${found[0]?.reason ?? 'method'}`],
    }));
  },
};
