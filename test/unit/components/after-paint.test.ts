import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { afterPaint } from '../../../components/report/after-paint.tsx';

let frames = new Map<number, () => void>();

/** Paints: every frame that was asked for has its turn. */
function paint(): void {
  const asked = frames;
  frames = new Map();
  for (const run of asked.values()) run();
}

beforeEach(() => {
  frames.clear();
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => {
    const id = frames.size + 1;
    frames.set(id, run);
    return id;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('after a paint: it runs in a task behind the frame, not within it', () => {
  const run = vi.fn();
  afterPaint(1, run);
  vi.runAllTimers();
  expect(run).not.toHaveBeenCalled();
  paint();
  expect(run).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(run).toHaveBeenCalledOnce();
});

test('after a paint: given up before the frame or behind it, it does not run', () => {
  const run = vi.fn();
  const before = afterPaint(1, run);
  before();
  paint();
  vi.runAllTimers();
  const behind = afterPaint(1, run);
  paint();
  behind();
  vi.runAllTimers();
  expect(run).not.toHaveBeenCalled();
});

test('after two paints: it does not run behind the first', () => {
  const run = vi.fn();
  afterPaint(2, run);
  paint();
  vi.runAllTimers();
  expect(run).not.toHaveBeenCalled();
  paint();
  vi.runAllTimers();
  expect(run).toHaveBeenCalledOnce();
});
