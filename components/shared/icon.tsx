/** Pictures on a 16 × 16 grid, drawn as lines. */
const PATHS = {
  pause: 'M5.5 3v10M10.5 3v10',
  resume: 'M5 3l8 5-8 5Z',
  panel: 'M2 3h12v10H2ZM10 3v10',
  settings:
    'M8 5.8a2.2 2.2 0 1 0 0 4.4a2.2 2.2 0 0 0 0-4.4M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4',
} as const;

/** The name of a picture. */
export type IconName = keyof typeof PATHS;

/** A picture of a control; its name stands on the control. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
