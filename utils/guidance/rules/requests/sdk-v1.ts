import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/**
 * Fires when a site uses SDK v1; moving to v2 takes the token, and with it the calls, to the server. See
 * docs/kakao-rules.md#sdk-v1.
 */
export const sdkV1: AppRule = {
  id: 'sdk-v1',
  applies: 'app',
  severity: 'info',
  docs: DOCS.sdkUpgrade,
  fix: [step('plan_sdk_v2'), step('move_me_to_server')],
  check({ authorizeRequests, calls }) {
    const sdkV1Requests = authorizeRequests.filter((r) => r.sdk?.startsWith('1.'));
    const frameCalls = calls.filter((c) => c.inFrame);
    const found = [...sdkV1Requests, ...frameCalls];
    if (found.length === 0) return [];
    const version = sdkV1Requests.at(-1)?.sdk ?? '1.x';
    return [{ evidence: found.map((o) => o.id), args: [version] }];
  },
};
