import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from './text.ts';

interface Props {
  /** The `data-action` of the first button; the one that confirms has it with `confirm-` before. */
  action: string;
  label: string;
  question: string;
  /** On the button that does it. */
  confirmLabel: string;
  danger?: boolean;
  onConfirm: () => void;
}

/** A button that asks once more, in place, before it does what cannot be undone. */
export function ConfirmButton({ action, label, question, confirmLabel, danger, onConfirm }: Props) {
  const asking = useSignal(false);
  const opener = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  // The way back gets the focus, so that a key held too long deletes nothing. An effect that waits for the paint
  // would be too late: an Escape before it closes the popup.
  useLayoutEffect(() => {
    if (asking.value) cancel.current?.focus();
  }, [asking.value]);
  const stop = () => {
    asking.value = false;
    opener.current?.focus();
  };
  // Escape would also close the popup.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    stop();
  };
  return (
    <>
      <button
        ref={opener}
        type="button"
        data-action={action}
        aria-expanded={asking.value}
        onClick={() => (asking.value = !asking.value)}
      >
        {label}
      </button>
      {asking.value && (
        <div class="confirm" role="group" aria-label={question}>
          <p>{question}</p>
          <button
            type="button"
            class={danger ? 'danger' : 'primary'}
            data-action={`confirm-${action}`}
            onKeyDown={onKeyDown}
            onClick={() => {
              stop();
              onConfirm();
            }}
          >
            {confirmLabel}
          </button>
          <button
            ref={cancel}
            type="button"
            data-action="cancel"
            onKeyDown={onKeyDown}
            onClick={stop}
          >
            {t('settings.cancel')}
          </button>
        </div>
      )}
    </>
  );
}
