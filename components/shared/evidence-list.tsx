import { evidenceTitle, observationText } from '../../utils/guidance/observation-message.ts';
import type { Finding } from '../../utils/guidance/rule.ts';
import type { AttributedObservation } from '../../utils/model/observation.ts';
import { Button } from './button.tsx';
import { CodeText } from './code-text.tsx';
import { t } from './text.ts';
import { Timestamp } from './timestamp.tsx';

/** Returns what shows an observation where it stands on the page; null where it stands nowhere. */
export type StepShower = (o: AttributedObservation) => (() => void) | null;

interface Props {
  finding: Finding;
  showStep: StepShower;
}

/** What a finding rests on, the latest of it: when and what, each leading to its place on the page if it has one. */
export function EvidenceList({ finding: { evidence, observed }, showStep }: Props) {
  return (
    <>
      <p>{evidenceTitle(t, observed.length, evidence.length)}</p>
      <ul class="seen">
        {observed.map((o) => {
          const what = (
            <>
              <Timestamp at={o.at} /> <CodeText text={observationText(o, t)} />
            </>
          );
          const show = showStep(o);
          return (
            <li key={o.id}>
              {show ? (
                <Button kind="link" action="show-step" onClick={show}>
                  {what}
                </Button>
              ) : (
                what
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
