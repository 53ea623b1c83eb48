import { expect, test } from 'vitest';
import { sortIntoSections } from '../../../components/popup/sort-into-sections.ts';
import { STATES } from '../../gallery/states.ts';
import { STORY_POPUP, storyReport } from '../../gallery/story.ts';
import { NOW } from './popup-fixtures.ts';

const states = Object.entries(STATES);

test.each(states)(
  'gallery, %s: the counts are those of the logins',
  async (_name, { data, ports }) => {
    const listed = sortIntoSections([...data.open, ...data.attention], data.apps, NOW);
    const done = (await ports?.loadDone?.(50)) ?? [];
    expect(data.counts).toMatchObject({
      open: listed.open.length,
      attention: listed.attention.length,
    });
    if (done.length) expect(data.counts?.done).toBe(done.length + data.unanswered.length);
  },
);

test.each(states)(
  'gallery, %s: what completed or cut a login is among its calls',
  async (_name, state) => {
    const { open, attention, unanswered } = state.data;
    const done = (await state.ports?.loadDone?.(50)) ?? [];
    const unexplained = [...open, ...attention, ...unanswered, ...done].filter((login) => {
      const ends = [login.creditedListedCall, login.cut].flatMap((end) => end?.at ?? []);
      return !ends.every((at) => login.calls.some((call) => call.at === at));
    });
    expect(unexplained).toEqual([]);
  },
);

test('gallery, story: popup and report page name the same watched sites', async () => {
  const { loginState } = await storyReport('en').load();
  expect(new Set(Object.keys(loginState.tracking.sites))).toEqual(STORY_POPUP.watched);
});
