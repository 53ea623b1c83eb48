import { maskClientId } from '../kakao/mask-client-id.ts';
import type { Session } from '../model/session.ts';
import type { ReportSession } from './document.ts';
import { neutralText } from './formats/neutral-text.ts';
import { clientIdsIn, createTextMask } from './mask-client-ids.ts';
import type { ReportScope } from './report-scope.ts';

/** Makes a text that a person wrote fit to be printed or copied, as every export does. */
export type OutgoingText = (text: string) => string;

/** Makes that for what a scope shows: every app key seen there is masked, and nothing in the text is obeyed. */
export function createOutgoingText(
  scope: Pick<ReportScope, 'loginState' | 'observations'> | null,
): OutgoingText {
  const keys = scope ? [...scope.loginState.apps.keys(), ...clientIdsIn(scope.observations)] : [];
  const maskText = createTextMask(keys, maskClientId) ?? ((text: string) => text);
  return (text) => neutralText(maskText(text));
}

/** What a session says of itself, each on one line but the notes; an empty text where it says nothing. */
export function outgoingSession(
  session: Session | ReportSession,
  outgoing: OutgoingText,
): Record<'name' | 'tester' | 'build' | 'environment' | 'notes', string> {
  const line = (text = '') => outgoing(text.replaceAll(/\s+/g, ' '));
  return {
    name: line(session.name),
    tester: line(session.tester),
    build: line(session.build),
    environment: line(session.environment),
    notes: outgoing(session.notes),
  };
}
