import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Login } from '../../utils/model/login.ts';
import { Action } from './button.tsx';
import { Moment } from './timestamp.tsx';
import { useSend } from '../popup/popup-context.ts';
import { t } from './text.ts';

/** What the tester said of a login, always told as the tester's word; nothing where nothing was said. */
export function TesterWord({ login }: { login: Login }) {
  const { tester } = login;
  if (!tester) return null;
  return (
    <p class="tester-word" data-tester={tester.mark}>
      <b>{t(tester.mark === 'complete' ? 'tester.isComplete' : 'tester.isCut')}</b>{' '}
      <Moment at={tester.at} />
      {tester.note && <q>{tester.note}</q>}
    </p>
  );
}

/** Lets the tester say that a login is complete or was cut, or take it back. */
export function TesterMark({ login }: { login: Login }) {
  const send = useSend();
  const note = useSignal(login.tester?.note ?? '');
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
        <Action does="mark-complete" run={mark('complete')}>
          {t('tester.complete')}
        </Action>
        <Action does="mark-cut" run={mark('cut')}>
          {t('tester.cut')}
        </Action>
        {login.tester && (
          <Action does="mark-undo" run={mark(null)}>
            {t('tester.undo')}
          </Action>
        )}
      </div>
    </fieldset>
  );
}
