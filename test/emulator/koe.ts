import { escapeHtml, html, json, type Answer } from './exchange.ts';

export interface Koe {
  code: string;
  error: string;
  status: number;
}

const koe = (code: string, error: string, status: number): Koe => ({ code, error, status });

/** Kakao's OAuth error codes with their `error` word and HTTP status. */
export const KOE = {
  address: koe('KOE002', 'invalid_request', 400),
  loginOff: koe('KOE004', 'access_denied', 403),
  notMember: koe('KOE005', 'access_denied', 403),
  redirectUri: koe('KOE006', 'invalid_request', 400),
  logoutRedirectUri: koe('KOE007', 'invalid_request', 400),
  keyType: koe('KOE008', 'invalid_client', 400),
  platform: koe('KOE009', 'misconfigured', 400),
  secret: koe('KOE010', 'invalid_client', 401),
  client: koe('KOE101', 'invalid_client', 401),
  responseType: koe('KOE201', 'unsupported_response_type', 400),
  implicit: koe('KOE202', 'unsupported_response_type', 400),
  requiredConsent: koe('KOE203', 'invalid_request', 403),
  parameter: koe('KOE204', 'invalid_request', 400),
  scope: koe('KOE205', 'invalid_scope', 403),
  missing: koe('KOE207', 'invalid_request', 400),
  redirectMismatch: koe('KOE303', 'invalid_grant', 400),
  grantType: koe('KOE310', 'unsupported_grant_type', 400),
  noRefreshToken: koe('KOE319', 'invalid_grant', 401),
  code: koe('KOE320', 'invalid_grant', 400),
  refreshToken: koe('KOE322', 'invalid_grant', 400),
  idToken: koe('KOE400', 'invalid_token', 400),
} as const satisfies Record<string, Koe>;

/** The page Kakao shows in place of a login screen: the code stands in the text. */
export const koePage = (problem: Koe, description: string): Answer =>
  html(
    `<!doctype html><html lang="ko"><meta charset="utf-8"><title>카카오 로그인 오류</title>
<h1>카카오 로그인을 진행할 수 없습니다 / Cannot log in with Kakao</h1>
<p id="error">${problem.error} (<strong id="code">${problem.code}</strong>)</p>
<p id="description">${escapeHtml(description)}</p></html>`,
    problem.status,
  );

/** The JSON body of the token endpoint's errors. */
export const koeJson = (problem: Koe, description: string): Answer =>
  json(
    { error: problem.error, error_description: description, error_code: problem.code },
    problem.status,
  );
