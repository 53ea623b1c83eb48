import { expect, test, vi } from 'vitest';

const sendMessage = vi.hoisted(() => vi.fn());
vi.mock('wxt/browser', () => ({ browser: { runtime: { sendMessage } } }));

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
