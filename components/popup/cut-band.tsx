import { useComputed } from '@preact/signals';
import type { JudgedLogin } from '../shared/judged-login.ts';
import { bandText } from '../shared/login-messages.ts';
import { RichText } from '../shared/rich-text.tsx';
import { t } from '../shared/text.ts';
import { useTimes } from '../shared/times-context.ts';
import { usePopup } from './popup-context.ts';
import { ProgressBar } from './progress-bar.tsx';

/** The time in which Kakao's daily job cuts the link of a login whose window has passed. */
export function CutBand({ judged }: { judged: JudgedLogin }) {
  const { clock } = usePopup();
  const times = useTimes();
  const band = judged.verdict.cutBand;
  const text = useComputed(() => bandText(judged.verdict, clock.now.value, times.moment));
  const valueText = useComputed(() => {
    if (!band || clock.now.value < band.from) return t('band.textBefore');
    if (clock.now.value > band.to) return t('band.textOver');
    return t('band.text', [times.span(band.to - clock.now.value) || t('time.underMinute')]);
  });
  if (!band || !text.value) return null;
  return (
    <div class="band">
      <span class="band-end">{t('band.from')}</span>
      <ProgressBar from={band.from} to={band.to} label={t('band.label')} valueText={valueText} />
      <span class="band-end">{t('band.to')}</span>
      <p>
        <RichText text={text.value} />
      </p>
    </div>
  );
}
