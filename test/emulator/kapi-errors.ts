import { json, withHeaders, type Answer } from './exchange.ts';

const KNOWN: Record<number, { status: number; msg: string }> = {
  [-1]: { status: 400, msg: 'internal error' },
  [-2]: { status: 400, msg: 'invalid argument' },
  [-3]: { status: 403, msg: 'disabled feature' },
  [-5]: { status: 403, msg: 'insufficient permission' },
  [-9]: { status: 400, msg: 'terminated api' },
  [-10]: { status: 400, msg: 'api limit has been exceeded' },
  [-101]: { status: 400, msg: 'NotRegisteredUserException' },
  [-102]: { status: 400, msg: 'AlreadyRegisteredUserException' },
  [-401]: { status: 401, msg: 'this access token does not exist' },
  [-402]: { status: 403, msg: 'insufficient scopes.' },
};

/** An error of the REST API as Kakao words it. `status` and more fields override what is usual. */
export function kapiError(
  code: number,
  more: Record<string, unknown> = {},
  status = KNOWN[code]?.status ?? 400,
): Answer {
  const answer = json({ msg: KNOWN[code]?.msg ?? 'error', code, ...more }, status);
  if (status !== 401) return answer;
  return withHeaders(answer, {
    'www-authenticate': `Bearer realm="Kakao", error="invalid_token", error_description="${KNOWN[-401]?.msg}"`,
  });
}
