/** Segments of the paths that Kakao's documents name or its SDK calls. See docs/kakao-rules.md#completion and #sharing. */
const KAKAO_SEGMENTS = new Set(
  (
    'v1 v2 v3 v4 oauth token authorize logout api user me ids signup unlink access_token_info oidc userinfo ' +
    'scopes revoke upgrade service terms service_terms update_profile shipping_address talk profile friends channels ' +
    'memo message default scrap send kakaolink story isstoryuser linkinfo upload multi mystory mystories post note ' +
    'photo link image delete app users plusfriends calendar calendars create event events update task tasks holidays cors'
  ).split(' '),
);

/** Words of redirect URIs' paths, also written together: `kakaoLogin`, `login_ok`. Anything else may be a value. */
const WORDS =
  'account|accounts|admin|after|android|api|app|apps|auth|authenticate|authentication|authorize|authorized|back|' +
  'begin|board|broker|call|callback|callbacks|check|checkout|client|code|common|complete|confirm|connect|connected|' +
  'content|customer|demo|dev|done|edge|elsewhere|end|endpoint|error|exchange|external|fail|failure|finish|front|' +
  'frontend|functions|handle|handler|home|identity|idp|index|integration|intro|join|kakao|kakaotalk|kauth|land|' +
  'landing|link|local|log|login|logins|logout|main|member|members|mobile|mypage|native|naver|oauth|oidc|ok|open|order|other|' +
  'page|pages|partner|popup|portal|proc|process|profile|provider|proxy|public|realms|receive|redirect|redirection|' +
  'register|result|return|returns|root|router|security|server|service|services|session|shop|sign|signed|' +
  'signin|signup|simple|site|social|spring|sso|start|store|success|test|token|user|users|verify|view|web|' +
  'webhook|welcome';
/** Short words, which count only where they stand alone: together they would make names. */
const SHORT_WORDS = 'a|as|asp|aspx|cb|cgi|do|en|go|html|in|js|jsp|ko|kr|me|my|php|sns|to|up|v|w|x';
const WORD = new RegExp(`^(?:(?:(?:${WORDS})\\d?)+|${SHORT_WORDS})\\d?$`, 'i');
/** Segments of one word, which need not be taken apart. */
const SINGLE_WORDS = new Set([...WORDS.split('|'), ...SHORT_WORDS.split('|')]);
/** Where the words of a segment part: at dashes, dots and low lines, and before a capital. */
const BETWEEN_WORDS = /[-._]|(?<=[a-z\d])(?=[A-Z])/;

/** Longer segments are tokens; the patterns need not look at them. */
const LONGEST_SEGMENT = 32;
const LONGEST_PATH = 200;

/** Masks a segment of a redirect URI, or the host of a custom scheme, as `*` unless it is made of known words. */
export function reduceSegment(segment: string): string {
  if (SINGLE_WORDS.has(segment)) return segment;
  const isPlain =
    segment.length <= LONGEST_SEGMENT && segment.split(BETWEEN_WORDS).every((w) => WORD.test(w));
  return segment === '' || isPlain ? segment : '*';
}

/** Masks every segment of a redirect URI's path that is not made of the words such paths use. */
export function reduceRedirectPath(path: string): string {
  return path.split('/').map(reduceSegment).join('/').slice(0, LONGEST_PATH);
}

/** Keeps of the path of a call to Kakao what Kakao documents, and masks every other segment as `*`. */
export function reducePath(path: string): string {
  const segments = path.split('/').map((s) => (s === '' || KAKAO_SEGMENTS.has(s) ? s : '*'));
  return segments.join('/').slice(0, LONGEST_PATH);
}

/** Eight characters of hex with a digit among them, or sixteen of any. */
const HEX = /(?=[a-f]*\d)[a-f\d]{8}|[a-f\d]{16}/;
/** What a JWT begins with, in the small letters that schemes have. */
const JWT = /^eyj/;
/** No longer part of a scheme's name has a digit, as a token has. */
const LONGEST_LABEL = 16;

/**
 * Reduces the scheme of an address (with its colon): http and https are kept, of an app's own scheme each part between dots
 * that holds no number or key. A name in plain letters cannot be told from a scheme's. Kakao's are `kakao` and the native
 * app key.
 */
export function reduceScheme(scheme: string): string {
  if (scheme === 'https:' || scheme === 'http:') return scheme;
  if (/^kakao(.{8}|.*\d)/.test(scheme)) return 'kakao*:';
  if (scheme.length > LONGEST_SEGMENT || JWT.test(scheme)) return '*:';
  const labels = scheme.slice(0, -1).split('.');
  return `${labels.map((label) => (mayBeValue(label) ? '*' : label)).join('.')}:`;
}

function mayBeValue(label: string): boolean {
  const digits = label.match(/\d/g)?.length ?? 0;
  return digits >= 3 || HEX.test(label) || (digits > 0 && label.length > LONGEST_LABEL);
}
