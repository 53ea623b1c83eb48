import type { VerdictName } from '../../utils/model/verdict.ts';

/** One shape a verdict on a 12 × 12 grid, so that colour is never the only sign. */
const SHAPES: Record<VerdictName | 'needs-word', string> = {
  pending: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Zm0 2v3l2 1.5',
  complete: 'M1.5 6.5l3 3 6-7',
  late: 'M1 6.5l2.5 2.5 4-5M10.5 3v3.5m0 2.3v.2',
  missed: 'M2 2l8 8m0-8l-8 8',
  unseen: 'M4 4a2 2 0 1 1 2.6 2c-.4.2-.6.5-.6 1v.5M6 9.7v.3',
  unlinked: 'M1 6h3.5M7.5 6H11M5 3.5v5m2-5v5',
  'not-applicable': 'M2 6h8',
  'needs-word': 'M6 2v5M6 9.7v.3',
};

/** The shape that stands for a verdict, or for a word that is needed from the tester. */
export function VerdictShape({ verdict }: { verdict: keyof typeof SHAPES }) {
  return (
    <svg class="shape" viewBox="0 0 12 12" aria-hidden="true">
      <path d={SHAPES[verdict]} />
    </svg>
  );
}
