import { runRules } from '../guidance/run-rules.ts';
import type { GuidanceRequest } from './guidance-client.ts';
import { openSession } from '../model/session.ts';
import { createRecordsReader } from '../store/read-records.ts';
import { createConnection } from '../store/connection.ts';

const reading = createConnection();
const read = createRecordsReader();

addEventListener('message', (event: MessageEvent<GuidanceRequest>) => {
  const { logins, at } = event.data;
  const answer = async () => {
    const { loginState, rows, sessions } = await reading(read);
    const context = { loginState, observations: rows, logins: new Set(logins) };
    // What an earlier session saw of an app is told in its report, not here.
    const session = openSession(sessions);
    const sessionsBefore = sessions.filter((s) => s !== session);
    return runRules({ ...context, ...(session ? { session, sessionsBefore } : {}) }, at);
  };
  // The popup itself tells what is wrong with the database.
  answer().then(postMessage, () => postMessage([]));
});
