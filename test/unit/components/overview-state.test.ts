import { expect, test, vi } from 'vitest';
import type { ReportPorts } from '../../../components/report/report-ports.ts';
import { ALL_SESSIONS } from '../../../components/report/report-source.ts';
import { createReportState } from '../../../components/report/report-state.ts';
import type { OverviewRequest } from '../../../utils/report/overview-request.ts';
import type { Overview } from '../../../utils/report/overview.ts';
import { storyReport } from '../../gallery/story.ts';

const words = { verdict: String, account: () => '', allSessions: 'All' };

/** Waits as long as the test may take: a busy machine is slow. */
const waitFor = (check: () => void) => vi.waitFor(check, 20_000);

/** A page over the story, told so often that it is much; what it asks the web worker waits for an answer. */
function manyReport() {
  const ports = storyReport('en');
  const asked: {
    request: OverviewRequest;
    answer: PromiseWithResolvers<Overview | null>;
  }[] = [];
  const many: ReportPorts = {
    ...ports,
    load: async () => {
      const records = await ports.load();
      const [step] = records.rows;
      if (!step) throw new Error('no row');
      const more = Array.from({ length: 5000 }, (_, i) => ({ ...step, id: `more-${i}` }));
      return { ...records, rows: [...more, ...records.rows] };
    },
    overview(request) {
      const answer = Promise.withResolvers<Overview | null>();
      asked.push({ request, answer });
      return answer.promise;
    },
  };
  return { asked, state: createReportState(many, words) };
}

test('overview of little: it is there with the logins, and nothing is asked', async () => {
  const overview = vi.fn(storyReport('en').overview);
  const state = createReportState({ ...storyReport('en'), overview }, words);
  const stop = state.start();
  await waitFor(() => expect(state.isWhole.value).toBe(true));
  expect(state.overview.value?.testPlan.length).toBeGreaterThan(0);
  expect(overview).not.toHaveBeenCalled();
  stop();
});

test('overview of much: what the worker told shows, and no longer once something else is chosen', async () => {
  const { asked, state } = manyReport();
  const stop = state.start();
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(state.overview.value).toBeNull();
  expect(asked[0]?.request.from).toEqual({ session: 'story', reading: 1 });
  const told: Overview = { findings: [], testPlan: [] };
  asked[0]?.answer.resolve(told);
  await waitFor(() => expect(state.overview.value).toBe(told));

  state.chosen.value = ALL_SESSIONS;
  expect(state.overview.value).toBeNull();
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]?.request.from).toEqual({ session: null, reading: 1 });
  stop();
});

test('overview of much: where the worker cannot tell, the page works it out', async () => {
  const { asked, state } = manyReport();
  const stop = state.start();
  await waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.answer.reject(new Error('no worker'));
  await waitFor(() => expect(state.overview.value?.testPlan.length).toBeGreaterThan(0));
  stop();
});
