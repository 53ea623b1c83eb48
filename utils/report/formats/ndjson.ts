import type { Translate } from '../../i18n/translate.ts';
import { keyHashesOf } from '../app-key-hash.ts';
import type { Report } from '../document.ts';
import { summarizeWorstFinding } from './finding-lines.ts';
import { neutralJson } from './neutral-text.ts';
import { sessionNameOf } from './session-name.ts';

/**
 * One flat login a line, for analytic stores. Every line has the same keys, none of them nested, names in snake case,
 * and instants in ISO 8601.
 */
export function writeNdjson(report: Report, _t: Translate): string {
  const keyHashes = keyHashesOf(report.apps);
  return report.logins
    .map((login) => {
      const { completedBy } = login;
      const worst = summarizeWorstFinding(login.findings);
      const calls = login.calls.map((c) => `${c.method} ${c.path} ${c.status}`);
      return `${neutralJson({
        id: login.id,
        session_id: report.session.id,
        session: sessionNameOf(login, report),
        tester: report.session.tester,
        build: report.session.build,
        environment: report.session.environment ?? '',
        client_id: login.clientId,
        site: login.site,
        redirect_uri: login.redirectUri,
        account: login.account,
        started_at: login.startedAt,
        logged_in_at: login.loggedInAt,
        deadline: login.deadline,
        kind: login.kind,
        kind_because: login.kindBecause,
        kind_certainty: login.certainty,
        verdict: login.verdict,
        verdict_because: login.verdictBecause,
        verdict_certainty: login.verdictCertainty,
        verdict_doubt: login.verdictDoubt,
        visibility: login.visibility,
        visibility_because: login.visibilityBecause,
        rehearsal: login.rehearsal,
        completed_at: login.completedAt,
        completed_by_source: completedBy?.source ?? null,
        completed_by_method: completedBy?.method ?? null,
        completed_by_path: completedBy?.path ?? null,
        completed_by_status: completedBy?.status ?? null,
        calls: calls.length,
        calls_counted: login.calls.filter((c) => c.counts).length,
        calls_text: calls.join('; '),
        findings: worst.findings,
        worst_severity: worst.severity,
        worst_finding: worst.finding,
        worst_fix: worst.fix,
        worst_console: worst.console,
        worst_docs: worst.docs,
        worst_evidence: worst.evidence,
        evaluated_at: report.evaluatedAt,
        policy: report.policy.id,
        generator_version: report.generator.version,
        app_key_hash: keyHashes.get(login.clientId) ?? null,
      })}\n`;
    })
    .join('');
}
