import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Props {
  /** After how many paints it shows; 0: at once. What has shown stays. */
  paints: number;
  children: ComponentChildren;
}

/** Something that shows a little later than what is beside it, in a task of its own, so that the page answers in between. */
export function AfterPaint({ paints, children }: Props) {
  const [isShown, show] = useState(paints === 0);
  useEffect(() => (isShown ? undefined : afterPaint(paints, () => show(true))), []);
  return isShown ? <>{children}</> : null;
}

/** Runs something in a task of its own after so many frames were painted; returns what gives it up. */
export function afterPaint(paints: number, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  const paintedAfter = (left: number) => {
    frame = requestAnimationFrame(() => {
      if (left > 1) paintedAfter(left - 1);
      else timer = setTimeout(run);
    });
  };
  paintedAfter(paints);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
