import { Icon, type IconName } from './icon.tsx';

interface Props {
  /** Its name in `data-action`, for tests. */
  action: string;
  icon: IconName;
  /** What it does, for screen readers and when it is pointed at. */
  label: string;
  onClick: () => unknown;
}

/** A button that shows a picture; what `onClick` returns is not waited for. */
export function IconButton({ action, icon, label, onClick }: Props) {
  return (
    <button
      type="button"
      class="icon-button"
      data-action={action}
      aria-label={label}
      title={label}
      onClick={() => void onClick()}
    >
      <Icon name={icon} />
    </button>
  );
}
