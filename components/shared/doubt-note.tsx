import type { Login } from '../../utils/model/login.ts';
import type { Verdict, VerdictName } from '../../utils/model/verdict.ts';
import { LinkModeQuestion } from './link-mode-question.tsx';
import { doubtText } from './login-messages.ts';
import { RichText } from './rich-text.tsx';

interface Props {
  login: Login;
  verdict: Verdict;
  /** Whether the login was read out of a file, whose apps cannot be set here. */
  isOfFile: boolean;
}

const ENDED: readonly VerdictName[] = ['not-applicable', 'unlinked'];

/** Why a verdict is only likely, and, where the app's link mode is not known but matters, the question how it links. */
export function DoubtNote({ login, verdict, isOfFile }: Props) {
  const doubt = doubtText(verdict);
  const isOfMode = verdict.doubt === 'link-mode-unknown';
  const isAsked = isOfMode || (verdict.linkMode === 'unknown' && !ENDED.includes(verdict.verdict));
  const [inFile, here] = ['commandLine.doubt.link_mode_unknown', 'doubt.link_mode_here'] as const;
  return (
    <>
      {doubt && (
        <p class="doubt">
          <RichText text={isOfMode ? [isOfFile ? inFile : here] : doubt} />
        </p>
      )}
      {isAsked && !isOfFile && <LinkModeQuestion clientId={login.clientId} as="p" />}
    </>
  );
}
