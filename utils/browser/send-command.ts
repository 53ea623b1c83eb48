import { browser } from 'wxt/browser';
import type { Command, CommandResult } from '../model/command.ts';

/** How long a worker that is just ending takes to be gone, in ms. */
const WORKER_ENDS_MS = 200;

/** Sends a command to the worker, the only writer. Rejects where it cannot be reached or does not answer. */
export async function sendCommand(command: Command): Promise<CommandResult> {
  try {
    return await send(command);
  } catch (error) {
    // A worker that is just ending takes no message, and this one did not arrive: the next one starts it again.
    if (!/Receiving end/.test(String(error))) throw error;
    await new Promise((done) => setTimeout(done, WORKER_ENDS_MS));
    return send(command);
  }
}

async function send(command: Command): Promise<CommandResult> {
  const result: CommandResult | undefined = await browser.runtime.sendMessage(command);
  // The polyfill gives no answer where Chrome gives an error: the worker ended before it had answered.
  if (!result) throw new Error('The worker ended before it answered.');
  if (command.type === 'clear' && result.ok) await clearOutsideDatabase();
  return result;
}

/** Clears what pages remember, such as saved filters, which the worker cannot reach; and the alerts still shown. */
async function clearOutsideDatabase(): Promise<void> {
  localStorage.clear();
  // Without the permission no alert is shown, and Chrome has no `notifications`.
  const shown = (await browser.notifications?.getAll()) ?? {};
  await Promise.all(Object.keys(shown).map((id) => browser.notifications.clear(id)));
}
