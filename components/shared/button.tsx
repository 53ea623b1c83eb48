import type { ComponentChildren } from 'preact';

interface Props {
  /** Names what it does in `data-action`, for tests. */
  does: string;
  run: () => unknown;
  kind?: 'primary' | 'danger' | 'link';
  disabled?: boolean;
  'data-export'?: string;
  'aria-describedby'?: string;
  children: ComponentChildren;
}

/** A button that does something now. */
export function Action({ does, run, kind, ...rest }: Props) {
  return (
    <button type="button" class={kind} data-action={does} onClick={() => void run()} {...rest} />
  );
}
