import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from './text.ts';

interface Props {
  /** Goes into `data-action`, and with `confirm-` before it into that of the second step. */
  action: string;
  label: string;
  question: string;
  yes: string;
  danger?: boolean;
  confirmed: () => void;
}

/** A button that asks once more, in place, before it does what cannot be undone. */
export function ConfirmButton({ action, label, question, yes, danger, confirmed }: Props) {
  const asking = useSignal(false);
  const first = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  // The way back is focused, so that a key held too long undoes nothing; at once, or an Escape would close the popup.
  useLayoutEffect(() => {
    if (asking.value) cancel.current?.focus();
  }, [asking.value]);
  const stop = () => {
    asking.value = false;
    first.current?.focus();
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
        ref={first}
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
              confirmed();
            }}
          >
            {yes}
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
