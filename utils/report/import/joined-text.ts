import type { JoinCounts } from '../../capture/back-end/join-calls.ts';
import type { Translate } from '../../i18n/translate.ts';

/**
 * Says how many of the back end's calls to Kakao were joined to logins, and how those become certain that only the time
 * joins; where there are none, what to look at.
 */
export function joinedText({ calls, surely, likely }: JoinCounts, t: Translate): string {
  if (calls === 0) return t('report.serverCalls.none');
  const left = Math.max(0, calls - surely - likely);
  const numbers = [String(calls), String(surely), String(likely), String(left)] as const;
  const joined = t('report.serverCalls.joined', numbers);
  return likely > 0 ? `${joined} ${t('report.serverCalls.byTime')}` : joined;
}
