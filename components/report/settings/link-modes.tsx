import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { maskClientId } from '../../../utils/kakao/mask-client-id.ts';
import {
  modesSetByHand,
  type DifferingMode,
} from '../../../utils/report/link-modes/compare-link-modes.ts';
import {
  writeLinkModesFile,
  type SetLinkMode,
} from '../../../utils/report/link-modes/link-modes-file.ts';
import { Button } from '../../shared/button.tsx';
import { RichText } from '../../shared/rich-text.tsx';
import { t } from '../../shared/text.ts';
import { useReport } from '../report-context.ts';
import { takeFiles } from '../take-files.ts';
import { useLinkModesFile } from './use-link-modes-file.ts';

/** Saves the link modes that were set by hand as a file for a team, and takes such a file over. */
export function LinkModes() {
  const state = useReport();
  const file = useLinkModesFile();
  const field = useRef<HTMLInputElement>(null);
  const modes = modesSetByHand(state.records.value?.loginState.apps.values() ?? []);
  const save = () =>
    state.ports.save(
      'linkwatch-link-modes.json',
      new Blob([writeLinkModesFile(modes)], { type: 'application/json' }),
    );
  const andFocusField = (answer: () => unknown) => () => {
    // The question goes; the focus stays near it.
    field.current?.focus();
    return answer();
  };
  return (
    <fieldset data-testid="link-modes">
      <legend>{t('report_page.modesTitle')}</legend>
      <p class="quiet">{t('report_page.modesHelp')}</p>
      <ModeList modes={modes} />
      <div class="row">
        {modes.length > 0 && (
          <Button action="export-link-modes" data-export="link-modes" onClick={save}>
            {t('report_page.modesSave')}
          </Button>
        )}
        <label>
          {t('report_page.modesChoose')}{' '}
          <input
            ref={field}
            type="file"
            accept=".json,application/json"
            data-field="link-modes"
            onChange={(event) => {
              const [chosen] = takeFiles(event.currentTarget);
              if (chosen) void file.read(chosen);
            }}
          />
        </label>
      </div>
      {file.refusal && (
        <p class="complaint" role="alert">
          {file.refusal} {t('report_page.nothingChanged')}
        </p>
      )}
      {file.differing && (
        <Question
          differing={file.differing}
          onReplace={andFocusField(() => file.answer('replace'))}
          onKeep={andFocusField(() => file.answer('keep'))}
          onCancel={andFocusField(file.cancel)}
        />
      )}
      <p role="status" data-testid="modes-taken">
        {file.outcome}
      </p>
    </fieldset>
  );
}

/** The link modes that were set by hand; that there are none, where there are none. */
function ModeList({ modes }: { modes: readonly SetLinkMode[] }) {
  if (!modes.length) return <p>{t('report_page.modesNone')}</p>;
  return (
    <ul class="bullets">
      {modes.map(({ clientId, linkMode }) => (
        <li key={clientId} data-set-mode={linkMode}>
          <code>{maskClientId(clientId)}</code> {t(`apps.${linkMode}`)}
        </li>
      ))}
    </ul>
  );
}

interface QuestionProps {
  differing: readonly DifferingMode[];
  onReplace: () => unknown;
  onKeep: () => unknown;
  onCancel: () => unknown;
}

/** Asks whether what is set here gives way to the file, app by app in sight. */
function Question({ differing, onReplace, onKeep, onCancel }: QuestionProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      class="confirm"
      role="group"
      tabIndex={-1}
      aria-labelledby={id}
      data-testid="modes-question"
    >
      <p id={id}>{t('report_page.modesAsk', differing.length)}</p>
      <ul class="bullets">
        {differing.map(({ clientId, linkMode, here, byHand }) => (
          <li key={clientId}>
            <RichText
              text={[
                byHand ? 'report_page.modesDiffer' : 'report_page.modesDifferSeen',
                [maskClientId(clientId), t(`apps.${here}`), t(`apps.${linkMode}`)],
              ]}
            />
          </li>
        ))}
      </ul>
      <Button action="replace-modes" onClick={onReplace}>
        {t('report_page.modesReplace')}
      </Button>
      <Button action="keep-modes" onClick={onKeep}>
        {t('report_page.modesKeep')}
      </Button>
      <Button action="cancel-modes" onClick={onCancel}>
        {t('settings.cancel')}
      </Button>
    </div>
  );
}
