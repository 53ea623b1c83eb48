import { DOCS } from '../../../kakao/docs-links.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** A popup login of SDK v1 with no call after it: react-kakao-login does so without `needProfile` (kakao.md 8). */
export const libraryNoProfile: LoginRule = {
  id: 'library-no-profile',
  applies: 'login',
  severity: 'warning',
  verdicts: [...UNFINISHED_VERDICTS, 'unseen'],
  docs: DOCS.sdk,
  fix: [step('need_profile'), step('sdk_request_me')],
  check({ login, steps, calls, mode }) {
    const v1 = steps.filter((s) => s.redirectUri === 'kakaojs');
    if (v1.length === 0 || calls.length > 0 || mode === 'manual') return null;
    return { evidence: [...v1.map((s) => s.id), login.id] };
  },
};
