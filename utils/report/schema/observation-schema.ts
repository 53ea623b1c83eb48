import * as v from 'valibot';
import * as part from './schema-parts.ts';

const shortText = part.text(80);
const account = v.nullable(part.name(200));
const redirectUri = v.nullable(part.text(2000));
const clientId = v.nullable(part.clientId);

/** What every observation carries. */
const common = {
  id: part.name(200),
  at: part.iso,
  source: part.source,
  cookieStore: part.name(200),
  tab: v.nullable(part.name(200)),
  opener: v.nullable(part.name(200)),
  site: v.nullable(part.site),
  browser: v.optional(part.name(20)),
};

/** What every observation of a request carries. */
const request = { method: part.method, status: part.httpStatus };

/** An instant in epoch ms. */
const instant = v.pipe(v.number(), v.minValue(-8.64e15), v.maxValue(8.64e15));
/** When a request was sent. */
const sentAt = v.optional(instant);
/** When the code came that a request's token is issued for. */
const codeAt = v.optional(instant);
/** The browser's name for the document that made a request. */
const documentId = v.optional(part.name(200));

/** What a token request was for. */
const grant = v.picklist(['authorization_code', 'refresh_token']);

/** What the answer to an API call says. */
const answered = {
  code: part.kakaoCode,
  hasSignedUp: v.nullable(v.boolean()),
  connectedAt: v.nullable(part.epochMs),
  account,
  wholeBody: v.boolean(),
  cached: v.boolean(),
  maybeCached: v.optional(v.literal(true)),
  blocked: v.optional(v.literal(true)),
  requiredScopes: v.pipe(v.array(shortText), v.maxLength(60)),
  target: v.optional(part.text(200)),
};

/** Checks one observation of a report by its type. Fields that it does not name are left out. */
export const ObservationSchema = v.variant('type', [
  v.object({
    type: v.literal('authorize'),
    ...request,
    clientId,
    redirectUri,
    params: v.pipe(v.array(shortText), v.maxLength(60)),
    prompt: v.pipe(v.array(shortText), v.maxLength(20)),
    sdk: v.nullable(shortText),
    outcome: v.picklist(['login-form', 'screen', 'code', 'token', 'error', 'error-page']),
    error: v.nullable(shortText),
    implicit: v.optional(v.literal(true)),
    fromKauth: v.optional(v.literal(true)),
    fromKakao: v.boolean(),
    watched: v.boolean(),
    sentAt,
    ...common,
  }),
  v.object({
    type: v.literal('arrival'),
    redirectUri: part.text(2000),
    outcome: v.picklist(['code', 'error']),
    error: v.nullable(shortText),
    codeKept: v.optional(v.literal(true)),
    ...common,
  }),
  v.object({
    type: v.literal('poll'),
    clientId,
    watched: v.boolean(),
    another: v.optional(v.literal(true)),
    popupAt: v.optional(instant),
    ...common,
  }),
  v.object({ type: v.literal('frame'), ...common }),
  v.object({
    type: v.literal('token'),
    ...request,
    grant: v.nullable(grant),
    clientId,
    redirectUri,
    error: v.nullable(shortText),
    account,
    sentAt,
    codeAt,
    documentId,
    ...common,
  }),
  v.object({
    type: v.literal('api'),
    ...request,
    path: part.path,
    sentAt,
    tokenIssuedAt: v.optional(instant),
    codeAt,
    tokenUnseen: v.optional(v.literal(true)),
    documentId,
    ...answered,
    inFrame: v.boolean(),
    ...common,
  }),
  v.object({
    type: v.literal('answer'),
    of: v.picklist(['api', 'token']),
    ...request,
    path: part.path,
    error: v.nullable(shortText),
    grant: v.optional(grant),
    sentAt: instant,
    ...answered,
    ...common,
  }),
  v.object({
    type: v.literal('bad-report'),
    reason: v.picklist(['method', 'path', 'status']),
    ...common,
  }),
  v.object({
    type: v.literal('leak'),
    what: v.picklist(['client-secret', 'admin-key', 'token-in-url']),
    clientId,
    ...common,
  }),
  v.object({ type: v.literal('watch'), watched: v.boolean(), ...common }),
  v.object({ type: v.literal('pause'), paused: v.boolean(), ...common }),
  v.object({ type: v.literal('start'), ...common }),
  v.object({
    type: v.literal('loss'),
    leftOut: v.optional(v.picklist(['steps', 'logins', 'redirects', 'elsewhere'])),
    ...common,
  }),
  v.object({ type: v.literal('recording-ended'), ...common }),
  v.object({
    type: v.literal('token-handed'),
    tokenIssuedAt: v.optional(instant),
    codeAt,
    ...common,
  }),
  v.object({
    type: v.literal('mark'),
    login: part.name(200),
    mark: v.nullable(v.picklist(['complete', 'cut'])),
    note: part.text(2000),
    ...common,
  }),
  v.object({ type: v.literal('label'), login: part.name(200), label: part.text(200), ...common }),
  v.object({
    type: v.literal('app'),
    clientId: part.clientId,
    linkMode: v.optional(part.linkMode),
    fixedUserId: v.optional(part.fixedUserId),
    windowMs: v.optional(part.windowMs),
    ...common,
  }),
  v.object({
    type: v.literal('silence'),
    clientId: part.clientId,
    rule: part.name(100),
    silenced: v.boolean(),
    ...common,
  }),
  v.object({ type: v.literal('step'), text: part.text(2000), ...common }),
  v.object({
    type: v.literal('unlink-callback'),
    appId: v.nullable(part.text(100)),
    account,
    referrerType: shortText,
    timeKnown: v.optional(v.boolean()),
    ...common,
  }),
]);
