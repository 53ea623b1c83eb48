import { sendCommand } from '../../utils/browser/send-command.ts';
import { inspectedTab, listenToAnswers } from '../../utils/browser/tools-answers.ts';
import { addToolsPanel } from '../../utils/browser/tools-panel.ts';
import { captureAnswer, isAnswerRead } from '../../utils/capture/tools-answer.ts';
import { createConnection } from '../../utils/store/connection.ts';
import { hashUserId } from '../../utils/store/hash-user-id.ts';
import { readSalt } from '../../utils/store/meta.ts';

const withDatabase = createConnection();
const hash = async (id: string) => hashUserId(await withDatabase(readSalt), id);
const tab = inspectedTab();

// What is not a fact stays in this function: bodies, headers and addresses are dropped with it.
listenToAnswers(isAnswerRead, async (entry, body) => {
  const answer = await captureAnswer(entry, body, hash);
  if (answer) await sendCommand({ type: 'answer', tab, ...answer });
});
void addToolsPanel('Linkwatch');
