import { expect, test } from 'vitest';
import { translateIn } from '../../../../utils/i18n/translate-in.ts';
import { joinedText } from '../../../../utils/report/import/joined-text.ts';

test('calls joined by time alone: says what makes them certain; nothing without them', () => {
  const said = (likely: number) => joinedText({ calls: 3, surely: 1, likely }, translateIn('en'));
  expect(said(2)).toContain('traceparent');
  expect(said(0)).not.toContain('traceparent');
  expect(said(0)).toContain('Not joined (of other users, or nothing ties them to a login): 2.');
});
