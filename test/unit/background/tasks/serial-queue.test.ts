import { expect, test } from 'vitest';
import { SerialQueue } from '../../../../utils/background/tasks/serial-queue.ts';

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

test('tasks run one after the other, in the order they were added', async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  const task = (name: string, ms: number) => async () => {
    log.push(`${name} begins`);
    await wait(ms);
    log.push(`${name} ends`);
    return name;
  };
  const results = [queue.add(task('slow', 10)), queue.add(task('quick', 0))];
  expect(await Promise.all(results)).toEqual(['slow', 'quick']);
  expect(log).toEqual(['slow begins', 'slow ends', 'quick begins', 'quick ends']);
});

test('task that fails: whoever added it is told, and the next one runs', async () => {
  const queue = new SerialQueue();
  const failing = queue.add(() => Promise.reject(new Error('failed')));
  const throwing = queue.add(() => {
    throw new Error('thrown');
  });
  const next = queue.add(async () => 'done');
  await expect(failing).rejects.toThrow('failed');
  await expect(throwing).rejects.toThrow('thrown');
  expect(await next).toBe('done');
});

test('task that is added by another task runs after those that wait already', async () => {
  const queue = new SerialQueue();
  const log: string[] = [];
  const step = (name: string) => async () => void log.push(name);
  const last = new Promise<void>((done) => {
    void queue.add(async () => {
      log.push('first');
      void queue.add(step('third')).then(done);
    });
  });
  void queue.add(step('second'));
  await last;
  expect(log).toEqual(['first', 'second', 'third']);
});
