import { runRules } from '../guidance/run-rules.ts';
import { openSession } from '../model/session.ts';
import { createConnection } from '../store/connection.ts';
import { createRecordsReader } from '../store/read-records.ts';
import type { GuidanceRequest, GuidanceResponse } from './guidance-messages.ts';

const reading = createConnection();
const read = createRecordsReader();

addEventListener('message', (event: MessageEvent<GuidanceRequest>) => {
  // Where the database fails there are no findings: the popup itself tells what is wrong with it.
  findings(event.data).then(postMessage, () => postMessage([]));
});

async function findings({ logins, at }: GuidanceRequest): Promise<GuidanceResponse> {
  const { loginState, rows, sessions } = await reading(read);
  const context = { loginState, observations: rows, logins: new Set(logins) };
  const session = openSession(sessions);
  if (!session) return runRules(context, at);
  // What an earlier session saw of an app is told in its report, not here.
  const sessionsBefore = sessions.filter((s) => s !== session);
  return runRules({ ...context, session, sessionsBefore }, at);
}
