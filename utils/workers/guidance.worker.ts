import { findingsOf } from '../guidance/run-rules.ts';
import type { AdviceAsked } from './guidance-client.ts';
import { openSession } from '../model/session.ts';
import { createRecordsReader } from '../store/read-records.ts';
import { createReading } from '../store/connection.ts';

const reading = createReading();
const read = createRecordsReader();

addEventListener('message', (event: MessageEvent<AdviceAsked>) => {
  const { logins, at } = event.data;
  const answer = async () => {
    const { ledger, rows, sessions } = await reading(read);
    const context = { ledger, observations: rows, logins: new Set(logins) };
    // What an earlier session saw of an app is told in its report, not here.
    const session = openSession(sessions);
    const sessionsBefore = sessions.filter((s) => s !== session);
    return findingsOf({ ...context, ...(session ? { session, sessionsBefore } : {}) }, at);
  };
  // The popup itself tells what is wrong with the database.
  answer().then(postMessage, () => postMessage([]));
});
