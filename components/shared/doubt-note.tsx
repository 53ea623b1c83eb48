import type { Login } from '../../utils/model/login.ts';
import type { Verdict } from '../../utils/model/verdict.ts';
import { LinkModeQuestion } from './link-mode-question.tsx';
import { doubtText } from './login-messages.ts';
import { RichText } from './rich-text.tsx';

interface Props {
  login: Login;
  verdict: Verdict;
  /** Whether the login was read out of a file, whose apps cannot be set here. */
  isOfFile: boolean;
}

/** Why a verdict is only likely; where the app's link mode would tell, it can be set right there. */
export function DoubtNote({ login, verdict, isOfFile }: Props) {
  const doubt = doubtText(verdict);
  if (!doubt) return null;
  const isOfMode = verdict.doubt === 'link-mode-unknown';
  const [inFile, here] = ['commandLine.doubt.link_mode_unknown', 'doubt.link_mode_here'] as const;
  return (
    <>
      <p class="doubt">
        <RichText text={isOfMode ? [isOfFile ? inFile : here] : doubt} />
      </p>
      {isOfMode && !isOfFile && <LinkModeQuestion clientId={login.clientId} as="p" />}
    </>
  );
}
