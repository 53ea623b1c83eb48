import { useSignal } from '@preact/signals';
import type { ComponentProps } from 'preact';

interface Props extends Omit<ComponentProps<'input'>, 'value' | 'ref' | 'role' | 'type' | 'list'> {
  value: string;
  /** Gets the trimmed text when the field is left or Enter is pressed, if it differs. */
  onCommit: (value: string) => void;
  /** Tells whether a text may be committed; without it any may. */
  isValid?: (value: string) => boolean;
  /** Shown while the text may not be committed. */
  invalidText?: string;
}

/** A text field that keeps what is being typed until it is committed, so that nothing stored overwrites it. */
export function DraftField({ value, onCommit, isValid, invalidText, ...rest }: Props) {
  const draft = useSignal<string | null>(null);
  const isInvalid = draft.value !== null && isValid !== undefined && !isValid(draft.value.trim());
  const finish = () => {
    const text = draft.value?.trim();
    if (text === undefined || isInvalid) return;
    draft.value = null;
    if (text !== value) onCommit(text);
  };
  return (
    <>
      <input
        {...rest}
        value={draft.value ?? value}
        aria-invalid={isInvalid || undefined}
        onInput={(event) => (draft.value = event.currentTarget.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.isComposing) finish();
          if (event.key === 'Escape' && draft.value !== null) {
            // Escape would also close the popup.
            event.preventDefault();
            draft.value = null;
          }
        }}
      />
      {invalidText && (
        <small class="complaint" role="status">
          {isInvalid ? invalidText : ''}
        </small>
      )}
    </>
  );
}
