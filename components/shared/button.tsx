import type { ComponentChildren } from 'preact';

interface Props {
  /** Its name in `data-action`, for tests. */
  action: string;
  onClick: () => unknown;
  kind?: 'primary' | 'danger' | 'link';
  disabled?: boolean;
  'data-export'?: string;
  'aria-describedby'?: string;
  children: ComponentChildren;
}

/** A button; what `onClick` returns is not waited for. */
export function Button({ action, onClick, kind, ...rest }: Props) {
  return (
    <button
      type="button"
      class={kind}
      data-action={action}
      onClick={() => void onClick()}
      {...rest}
    />
  );
}
