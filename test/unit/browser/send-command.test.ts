import { expect, test, vi } from 'vitest';

const sendMessage = vi.hoisted(() => vi.fn());
const shown = vi.hoisted(() => ({ getAll: vi.fn(async () => ({ a: {}, b: {} })), clear: vi.fn() }));
vi.mock('wxt/browser', () => ({ browser: { runtime: { sendMessage }, notifications: shown } }));
const memory = { clear: vi.fn() };
vi.stubGlobal('localStorage', memory);

const { sendCommand } = await import('../../../utils/browser/send-command.ts');

test('command that a dying worker does not take: sent once more, other failures are told', async () => {
  const lost = new Error('Could not establish connection. Receiving end does not exist.');
  sendMessage.mockRejectedValueOnce(lost).mockResolvedValueOnce({ ok: true });
  expect(await sendCommand({ type: 'clear' })).toEqual({ ok: true });
  expect(sendMessage).toHaveBeenCalledTimes(2);

  sendMessage.mockReset().mockRejectedValue(lost);
  await expect(sendCommand({ type: 'clear' })).rejects.toBe(lost);
  expect(sendMessage).toHaveBeenCalledTimes(2);

  const cut = new Error('The message port closed before a response was received.');
  sendMessage.mockReset().mockRejectedValue(cut);
  await expect(sendCommand({ type: 'clear' })).rejects.toBe(cut);
  expect(sendMessage).toHaveBeenCalledTimes(1);
});

test('command that the worker never answers: told as a failure, not sent again', async () => {
  sendMessage.mockReset().mockResolvedValue(undefined);
  await expect(sendCommand({ type: 'clear' })).rejects.toThrow('ended before it answered');
  expect(sendMessage).toHaveBeenCalledTimes(1);
});

test('clearing: takes what pages remember and shown alerts once the worker has cleared', async () => {
  memory.clear.mockReset();
  shown.clear.mockReset();
  sendMessage.mockReset().mockResolvedValue({ ok: false, problem: 'db-failed' });
  await sendCommand({ type: 'clear' });
  expect(memory.clear).not.toHaveBeenCalled();
  sendMessage.mockResolvedValue({ ok: true });
  await sendCommand({ type: 'reconcile' });
  expect(memory.clear).not.toHaveBeenCalled();
  await sendCommand({ type: 'clear' });
  expect(memory.clear).toHaveBeenCalledOnce();
  expect(shown.clear.mock.calls).toEqual([['a'], ['b']]);
});
