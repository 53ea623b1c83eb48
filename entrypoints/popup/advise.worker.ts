import { findingsOf } from '../../utils/guidance/findings-of.ts';
import type { AdviceAsked } from '../../utils/browser/advise-in-worker.ts';
import { openStore, type Db } from '../../utils/store/open.ts';
import { createRecordsReader } from '../../utils/store/read-records.ts';

let opening: Promise<Db> | null = null;
const store = () => (opening ??= openStore(() => (opening = null)));
const read = createRecordsReader();

addEventListener('message', (event: MessageEvent<AdviceAsked>) => {
  const { logins, at } = event.data;
  const answer = async () => {
    const { ledger, rows } = await read(await store());
    const context = { ledger, observations: rows, logins: new Set(logins) };
    return findingsOf(context, at).filter((f) => f.login !== null);
  };
  // The popup itself tells what is wrong with the database.
  answer().then(postMessage, () => postMessage([]));
});
