import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Login } from '../../utils/model/login.ts';
import { Button } from './button.tsx';
import { useSend } from './send-context.ts';
import { t } from './text.ts';
import { Timestamp } from './timestamp.tsx';

/** What the tester said of a login, shown as the tester's mark; nothing where nothing was said. */
export function TesterMarkNote({ login }: { login: Login }) {
  const { testerMark } = login;
  if (!testerMark) return null;
  return (
    <p class="tester-word" data-tester={testerMark.mark}>
      <b>{t(testerMark.mark === 'complete' ? 'tester.isComplete' : 'tester.isCut')}</b>{' '}
      <Timestamp at={testerMark.at} />
      {testerMark.note && <q>{testerMark.note}</q>}
    </p>
  );
}

/** Lets the tester say that a login is complete or was cut, or take it back. */
export function TesterMarkForm({ login }: { login: Login }) {
  const send = useSend();
  const note = useSignal(login.testerMark?.note ?? '');
  const id = useId();
  const mark = (word: 'complete' | 'cut' | null) => () =>
    void send({
      type: 'mark',
      login: login.id,
      mark: word,
      note: word ? note.value.trim() : '',
    });
  return (
    <fieldset class="tester">
      <legend>{t('tester.title')}</legend>
      <p class="quiet">{t('tester.help')}</p>
      <label for={id}>{t('tester.note')}</label>
      <input
        id={id}
        maxLength={200}
        value={note.value}
        onInput={(event) => (note.value = event.currentTarget.value)}
      />
      <div class="row">
        <Button action="mark-complete" onClick={mark('complete')}>
          {t('tester.complete')}
        </Button>
        <Button action="mark-cut" onClick={mark('cut')}>
          {t('tester.cut')}
        </Button>
        {login.testerMark && (
          <Button action="mark-undo" onClick={mark(null)}>
            {t('tester.undo')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
