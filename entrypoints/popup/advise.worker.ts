import { findingsOf } from '../../utils/guidance/findings-of.ts';
import type { AdviceAsked } from '../../utils/browser/advise-in-worker.ts';
import { openSession } from '../../utils/store/session.ts';
import { openStore, type Db } from '../../utils/store/open.ts';
import { createRecordsReader } from '../../utils/store/read-records.ts';

let opening: Promise<Db> | null = null;
const store = () => (opening ??= openStore(() => (opening = null)));
const read = createRecordsReader();

addEventListener('message', (event: MessageEvent<AdviceAsked>) => {
  const { logins, at } = event.data;
  const answer = async () => {
    const { ledger, rows, sessions } = await read(await store());
    const context = { ledger, observations: rows, logins: new Set(logins) };
    // What an earlier session saw of an app is told in its report, not here.
    const session = openSession(sessions);
    const sessionsBefore = sessions.filter((s) => s !== session);
    return findingsOf({ ...context, ...(session ? { session, sessionsBefore } : {}) }, at);
  };
  // The popup itself tells what is wrong with the database.
  answer().then(postMessage, () => postMessage([]));
});
