import * as v from 'valibot';
import { MAX_SESSION_TEXT } from '../../model/session-text.ts';
import { MAX_OBSERVATIONS } from '../../model/settings.ts';
import { ObservationSchema } from './observation-schema.ts';
import * as part from './schema-parts.ts';

const id = part.name(200);
const shortText = part.text(80);

const generator = v.object({ name: shortText, version: shortText, browser: part.text(200) });

const session = v.object({
  id,
  name: part.text(MAX_SESSION_TEXT),
  tester: part.text(MAX_SESSION_TEXT),
  build: part.text(MAX_SESSION_TEXT),
  environment: v.optional(part.text(MAX_SESSION_TEXT)),
  notes: part.text(50_000),
  startedAt: v.nullable(part.iso),
  endedAt: v.nullable(part.iso),
});

const finding = v.object({
  rule: part.name(100),
  severity: shortText,
  title: part.text(1000),
  fix: v.array(part.text(2000)),
  evidence: v.array(id),
  observed: v.optional(v.array(v.object({ at: part.iso, what: part.text(3000) }))),
  detail: v.optional(part.text(2000)),
  causes: v.optional(v.array(part.text(2000))),
  console: v.optional(v.nullable(part.text(200))),
  docs: v.optional(part.text(300)),
  clientId: v.optional(v.nullable(part.clientId)),
});

const answeredCall = {
  at: part.iso,
  source: part.source,
  method: part.method,
  path: part.path,
  status: part.httpStatus,
};

const certainty = v.picklist(['certain', 'likely']);

/** Every verdict, as reports name it. */
export const VERDICTS = [
  'pending',
  'complete',
  'late',
  'missed',
  'unseen',
  'unlinked',
  'not-applicable',
] as const;

const login = v.object({
  id,
  clientId: part.clientId,
  site: v.nullable(part.site),
  redirectUri: v.nullable(part.text(2000)),
  startedAt: part.iso,
  loggedInAt: part.iso,
  deadline: part.iso,
  kind: v.picklist(['first', 'repeat', 'unknown']),
  kindBecause: shortText,
  certainty,
  verdict: v.picklist(VERDICTS),
  verdictBecause: shortText,
  verdictCertainty: certainty,
  verdictDoubt: v.nullable(shortText),
  rehearsal: v.boolean(),
  visibility: v.picklist(['browser', 'server-reported', 'none']),
  visibilityBecause: shortText,
  completedAt: v.nullable(part.iso),
  completedBy: v.nullable(v.object(answeredCall)),
  account: v.nullable(part.text(200)),
  calls: v.array(
    v.object({ ...answeredCall, code: part.kakaoCode, counts: v.boolean(), why: shortText }),
  ),
  findings: v.array(finding),
});

/**
 * Checks a report on import; `docs/report.schema.json` is generated from this. Fields that it does not name are left
 * out, so a report of a newer version can be read.
 */
export const ReportSchema = v.object({
  format: v.literal('linkwatch-report'),
  version: v.literal(1),
  generatedAt: part.iso,
  evaluatedAt: part.iso,
  generator,
  policy: v.object({
    id: shortText,
    windowHours: part.hours,
    qualifying: v.array(part.path),
    overridden: v.boolean(),
  }),
  session,
  apps: v.array(
    v.object({
      clientId: part.clientId,
      keyHash: v.optional(part.keyHash),
      linkMode: part.linkMode,
      linkModeBecause: shortText,
      fixedUserId: part.fixedUserId,
      windowMs: part.windowMs,
    }),
  ),
  logins: v.array(login),
  findings: v.array(finding),
  observations: v.pipe(v.array(ObservationSchema), v.maxLength(MAX_OBSERVATIONS)),
  counts: v.object({
    observations: part.count,
    logins: part.count,
    dropped: part.count,
    byVerdict: v.object({
      pending: part.count,
      complete: part.count,
      late: part.count,
      missed: part.count,
      unseen: part.count,
      unlinked: part.count,
      'not-applicable': part.count,
    }),
  }),
  testPlan: v.optional(
    v.pipe(
      v.array(
        v.object({
          case: part.name(40),
          seen: v.picklist(['yes', 'likely', 'no']),
          login: v.nullable(id),
          observation: v.nullable(id),
        }),
      ),
      v.maxLength(100),
    ),
  ),
  sources: v.optional(
    v.pipe(
      v.array(v.object({ browser: part.name(20), session, generator, logins: v.array(id) })),
      v.maxLength(1000),
    ),
  ),
});
