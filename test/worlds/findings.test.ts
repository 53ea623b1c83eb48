import { describe, expect, test } from 'vitest';
import { runRules } from '../../utils/guidance/run-rules.ts';
import type { Finding } from '../../utils/guidance/rule.ts';
import type { Observation } from '../../utils/model/observation.ts';
import { replayObservations } from '../../utils/report/replay-observations.ts';
import { truthOf } from './check.ts';
import { inWords, MINUTE, START, type History, type Setting } from './history.ts';
import { record } from './judge-world.ts';
import type { Link, TrueLogin } from './kakao.ts';
import { KINDS, makeHistory } from './kinds.ts';

/** Of each kind. */
const worlds = Number(process.env['WORLDS'] ?? 200);
const seed = Number(process.env['SEED'] ?? 20261129);

/** Errors about these say that the login was not completed. */
const OTHER_ERRORS = ['exchange-failed', 'cut-by-kakao'];

/** What is known of a login in the end: the real one, and all links that Kakao ever made. */
interface Truth {
  real: TrueLogin | null;
  links: readonly Link[];
  at: number;
  slack: number;
}

/** Says why a finding is false; null where it is not. */
function falseBecause({ rule, severity }: Finding, truth: Truth): string | null {
  const { real, links, at, slack } = truth;
  if (rule === 'link-mode-contradicted') return 'the tester is right about the link mode';
  const saysIncomplete = severity === 'error' && !OTHER_ERRORS.includes(rule);
  if (!real) return saysIncomplete || rule === 'consent-again' ? 'there was no login' : null;
  const { link, first } = real;
  const ofAccount = links.filter((l) => l.who === link.who && l.app === link.app);
  const before = ofAccount.filter((l) => l.at < link.at);
  if (['consent-again', 'connected-at-moved'].includes(rule) && first && !before.length)
    return 'the account had not been linked before';
  if (rule === 'cut-by-kakao' && severity === 'error' && !ofAccount.some((l) => l.cutBy === 'job'))
    return 'Kakao cut no link of the account';
  if (!saysIncomplete) return null;
  const { inTime, traceless, unclear } = truthOf(link, at, slack);
  if (!first) return 'it was a repeat';
  return inTime && !traceless && !unclear ? 'it was completed in time' : null;
}

/** The tester's word on each app's link mode, as the command line takes it for files. */
function modesOf({ apps, medium, modesKnown }: Setting): Observation[] {
  if (medium !== 'har' || !modesKnown) return [];
  return apps.flatMap(({ keys, mode }) =>
    keys.map((clientId) => ({
      type: 'app' as const,
      clientId,
      linkMode: mode,
      id: `mode-${clientId}`,
      at: START - 1000,
      source: 'tester' as const,
      cookieStore: 'default',
      tab: null,
      opener: null,
      site: null,
    })),
  );
}

/** The findings of a world that are false, in words. */
async function falseFindings(history: History): Promise<string[]> {
  const { setting } = history;
  const { played, told } = record(history);
  const { deliveries, about, skewAt, moved } = await told;
  const at = played.end + setting.judgedAfter;
  played.kakao.runJobs(at);
  const given = [...modesOf(setting), ...deliveries.map((d) => d.observation)];
  const { loginState, observations } = replayObservations(given);
  const elsewhere = new Set(
    history.actions.flatMap((a) => (a.do === 'link-elsewhere' ? [`${a.who} ${a.app}`] : [])),
  );
  return runRules({ loginState, observations }, at + skewAt(at), ['login', 'app']).flatMap((finding) => {
    const real = about.get(finding.login ?? '') ?? null;
    // What another device did left no trace.
    if (real && elsewhere.has(`${real.link.who} ${real.link.app.name}`)) return [];
    const truth = { real, links: played.kakao.links, at, slack: 5 * MINUTE + moved };
    const why = falseBecause(finding, truth);
    return why === null ? [] : [`${finding.severity} ${finding.id}: ${why}`];
  });
}

describe(`findings in worlds of known truth, seed ${seed}`, () => {
  test.each(Object.keys(KINDS))('%s: no finding says surely what is not so', async (kind) => {
    for (let i = 0; i < worlds; i += 1) {
      const history = makeHistory(kind, seed + i);
      // eslint-disable-next-line no-await-in-loop
      expect(await falseFindings(history), inWords(history)).toEqual([]);
    }
  });
});
