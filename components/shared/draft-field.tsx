import { useSignal } from '@preact/signals';
import type { ComponentProps } from 'preact';

interface Props extends Omit<ComponentProps<'input'>, 'value' | 'ref' | 'role' | 'type' | 'list'> {
  value: string;
  /** Gets the trimmed text when the field is left or Enter is pressed, if it differs. */
  commit: (value: string) => void;
  /** Says whether a text may be committed; default: any. */
  accepts?: (value: string) => boolean;
  /** Shown while the text may not be committed. */
  complaint?: string;
}

/** A text field that keeps what is being typed until it is done: nothing stored can overwrite it meanwhile. */
export function DraftField({ value, commit, accepts, complaint, ...rest }: Props) {
  const draft = useSignal<string | null>(null);
  const bad = draft.value !== null && accepts !== undefined && !accepts(draft.value.trim());
  const finish = () => {
    const text = draft.value?.trim();
    if (text === undefined || bad) return;
    draft.value = null;
    if (text !== value) commit(text);
  };
  return (
    <>
      <input
        {...rest}
        value={draft.value ?? value}
        aria-invalid={bad || undefined}
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
      {complaint && (
        <small class="complaint" role="status">
          {bad ? complaint : ''}
        </small>
      )}
    </>
  );
}
