import type { Login } from '../../model/login.ts';
import type { Verdict } from '../../model/verdict.ts';

/**
 * Whether a login is complete only if its app links automatically, which nobody has said and no body has shown: a
 * listed call completes nothing with manual linking. See docs/kakao-rules.md#completion.
 */
export function needsWord({
  login,
  verdict,
}: {
  login: Pick<Login, 'testerMark'>;
  verdict: Pick<Verdict, 'verdict' | 'because' | 'linkMode'>;
}): boolean {
  return (
    verdict.verdict === 'complete' &&
    verdict.because === 'listed-call' &&
    verdict.linkMode === 'unknown' &&
    login.testerMark === null
  );
}
