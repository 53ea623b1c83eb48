import { DOCS } from '../../../kakao/docs-links.ts';
import { isOfSdkV1 } from '../../../model/login.ts';
import { UNFINISHED_VERDICTS, type LoginRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when SDK v1 logged in by popup and no call followed, as react-kakao-login does without `needProfile`. See
 * docs/kakao-rules.md#libraries.
 */
export const libraryNoProfile: LoginRule = {
  id: 'library-no-profile',
  applies: 'login',
  severity: 'warning',
  verdicts: [...UNFINISHED_VERDICTS, 'unseen'],
  docs: DOCS.sdk,
  fix: [step('need_profile'), step('sdk_request_me')],
  check(context) {
    const { login, calls, linkMode } = context;
    if (calls.length > 0 || linkMode === 'manual') return null;
    const sdkV1Requests = context.authorizeRequests().filter(isOfSdkV1);
    if (sdkV1Requests.length === 0) return null;
    return { evidence: [...sdkV1Requests.map((r) => r.id), login.id] };
  },
};
