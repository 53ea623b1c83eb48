import { DOCS } from '../../../kakao/docs-links.ts';
import type { AppRule } from '../../rule.ts';
import { step } from '../../text.ts';

/** SDK v1 is at work; moving to v2 takes the token, and with it the calls, to the server (kakao.md 3.1, 7). */
export const sdkV1: AppRule = {
  id: 'sdk-v1',
  applies: 'app',
  severity: 'info',
  docs: DOCS.sdkUpgrade,
  fix: [step('plan_sdk_v2'), step('move_me_to_server')],
  check({ steps, calls }) {
    const old = steps.filter((s) => s.sdk?.startsWith('1.'));
    const framed = calls.filter((c) => c.inFrame);
    const seen = [...old, ...framed];
    if (seen.length === 0) return [];
    const version = old.at(-1)?.sdk ?? '1.x';
    return [{ evidence: seen.map((o) => o.id), args: [version] }];
  },
};
