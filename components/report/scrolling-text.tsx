/** A text that scrolls where it is long, and can be focused to scroll it by keyboard. */
export function ScrollingText({ label, text }: { label: string; text: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to take the focus
    <pre tabIndex={0} role="region" aria-label={label}>
      {text}
    </pre>
  );
}
