import { useEffect, useMemo, useState } from 'preact/hooks';

/** With more observations than this, what is worked out of all of them waits until the page is painted. */
const MANY = 5000;

/**
 * Works something out of so many observations, anew when `inputs` change. Of many it comes after the page was painted, each in a
 * task of its own, so that the logins show first; null until then.
 */
export function useAfterPaint<T>(
  observations: number,
  compute: () => T,
  inputs: readonly unknown[],
): T | null {
  const isMany = observations > MANY;
  const [late, setLate] = useState<T | null>(null);
  const atOnce = useMemo(() => (isMany ? null : compute()), [isMany, ...inputs]);
  useEffect(() => {
    if (!isMany) return undefined;
    return afterPaint(() => setLate(compute()));
  }, [isMany, ...inputs]);
  return isMany ? late : atOnce;
}

/** Runs something in a task of its own after the next frame was painted; returns what gives it up. */
export function afterPaint(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
