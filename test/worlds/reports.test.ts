import { describe, expect, test } from 'vitest';
import type { Finding } from '../../utils/guidance/rule.ts';
import { runRules } from '../../utils/guidance/run-rules.ts';
import type { Observation } from '../../utils/model/observation.ts';
import { replayObservations } from '../../utils/report/replay/replay-observations.ts';
import type { TestPlanItem } from '../../utils/report/test-plan/test-case.ts';
import { testPlanOf } from '../../utils/report/test-plan/test-plan.ts';
import { observe } from '../unit/fixtures.ts';
import { truthOf } from './check.ts';
import { inWords, MINUTE, START, type History, type Setting } from './history.ts';
import { record } from './judge-world.ts';
import type { Link, TrueLogin } from './kakao.ts';
import { KINDS, makeHistory } from './kinds.ts';

/** Of each kind. */
const worlds = Number(process.env['WORLDS'] ?? 120);
const seed = Number(process.env['SEED'] ?? 20261129);

/** Errors of all other rules say that the login was not completed. */
const OTHER_ERRORS = ['exchange-failed', 'refresh-refused', 'cut-by-kakao'];

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
  // A code whose exchange nobody could see is taken to have been exchanged.
  const before = ofAccount.filter((l) => l !== link && (l.at < link.at || l.at === Infinity));
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
    keys.map((clientId) =>
      observe({ type: 'app', clientId, linkMode: mode }, START - 1000, { source: 'tester' }),
    ),
  );
}

/** Says why a case of the test plan is ticked without having been exercised; null where it was, or is not ticked. */
function falselyTickedBecause({ case: name, seen }: TestPlanItem, truth: Truth): string | null {
  if (seen !== 'yes') return null;
  const { real, links, at, slack } = truth;
  if (!real) return 'there was no login';
  const { link, first } = real;
  const { inTime, unclear } = truthOf(link, at, slack);
  const ofApp = links.filter((l) => l.app === link.app);
  switch (name) {
    case 'first-complete':
      return first && (inTime || unclear) ? null : 'it was no first login, or not completed';
    case 'repeat':
    case 'extra-consent':
      return first ? 'it was a first login' : null;
    case 'manual-signup':
      return link.app.mode === 'manual' ? null : 'the app links automatically';
    case 'second-account':
      return ofApp.some((l) => l.who !== link.who) ? null : 'there was one account only';
    case 'unlink-and-again':
      return ofApp.some((l) => l.who === link.who && l.at < link.at) ? null : 'it was linked once';
    default:
      return null;
  }
}

/** What a world's report says surely and falsely, in words. */
async function falseClaims(history: History): Promise<string[]> {
  const { setting } = history;
  const { played, recording } = record(history);
  const { deliveries, about, skewAt, moved } = await recording;
  const at = played.end + setting.judgedAfter;
  played.kakao.runJobs(at);
  const given = [...modesOf(setting), ...deliveries.map((d) => d.observation)];
  const { loginState, observations } = replayObservations(given);
  const links = new Set([...played.kakao.links, ...played.logins.map((login) => login.link)]);
  const elsewhere = new Set(
    history.actions.flatMap((a) => (a.do === 'link-elsewhere' ? [`${a.who} ${a.app}`] : [])),
  );
  const said = (login: string | null, why: (truth: Truth) => string | null, what: string) => {
    const real = about.get(login ?? '') ?? null;
    // What another device did left no trace.
    if (real && elsewhere.has(`${real.link.who} ${real.link.app.name}`)) return [];
    const because = why({ real, links: [...links], at, slack: 5 * MINUTE + moved });
    return because === null ? [] : [`${what}: ${because}`];
  };
  const now = at + skewAt(at);
  const findings = runRules({ loginState, observations }, now, ['login', 'app']);
  const logins = [...loginState.logins.values()];
  const plan = testPlanOf({ loginState, logins, observations, from: null, until: null, at: now });
  return [
    ...findings.flatMap((finding) =>
      said(finding.login, (t) => falseBecause(finding, t), `${finding.severity} ${finding.id}`),
    ),
    ...plan
      .filter((item) => item.login !== null)
      .flatMap((item) => said(item.login, (t) => falselyTickedBecause(item, t), item.case)),
  ];
}

describe(`reports of worlds of known truth, seed ${seed}`, () => {
  test.each(Object.keys(KINDS))(
    '%s: no finding and no tick says surely what is not so',
    async (kind) => {
      for (let i = 0; i < worlds; i += 1) {
        const history = makeHistory(kind, seed + i);
        // eslint-disable-next-line no-await-in-loop
        expect(await falseClaims(history), inWords(history)).toEqual([]);
      }
    },
  );
});
