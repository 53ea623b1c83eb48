import type { JudgedLogin } from './judged-login.ts';

/**
 * Whether a login is complete only if its app links automatically, which nobody has said and no body has shown: a
 * listed call completes nothing with manual linking. See docs/kakao-rules.md#completion.
 */
export function needsWord({ login, verdict }: Pick<JudgedLogin, 'login' | 'verdict'>): boolean {
  return (
    verdict.verdict === 'complete' &&
    verdict.because === 'listed-call' &&
    verdict.linkMode === 'unknown' &&
    login.testerMark === null
  );
}
