import { useComputed } from '@preact/signals';
import { needsWord } from '../../utils/verdict/decide/needs-word.ts';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { VerdictShape } from '../shared/verdict-shape.tsx';
import { elapsedFraction } from './elapsed-fraction.ts';
import { usePopup } from './popup-context.ts';

/** A ring: the share of the time left of an open login, else full with the sign of the verdict. Words stand beside it. */
export function LoginSign({ judged }: { judged: JudgedLogin }) {
  const { login, verdict } = judged;
  const { clock } = usePopup();
  const isOpen = verdict.verdict === 'pending';
  // Whole percents: the ring moves when it can be seen to move.
  const left = useComputed(() =>
    Math.ceil(100 * (1 - elapsedFraction(login.loggedInAt, verdict.deadline, clock.now.value))),
  );
  return (
    <span class="ring" aria-hidden="true" style={{ '--left': `${isOpen ? left.value : 100}%` }}>
      {!isOpen && <VerdictShape verdict={needsWord(judged) ? 'needs-word' : verdict.verdict} />}
    </span>
  );
}
