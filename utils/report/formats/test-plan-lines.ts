import { messageKey } from '../../i18n/message.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Report } from '../document.ts';
import { TEST_CASES } from '../test-plan/test-case.ts';
import { readable } from './wording.ts';

/** A case of the test plan in words. */
export interface TestPlanLine {
  seen: 'yes' | 'likely' | 'no';
  /** `Exercised`, `Likely exercised`, `Not seen`. */
  state: string;
  name: string;
  /** Site and instant of what shows it; null where nothing does. */
  site: string | null;
  at: string | null;
  /** Id of the login or the observation that shows it; null where nothing does. */
  id: string | null;
  /** How to exercise it, in one line; null where it surely was. */
  how: string | null;
}

/** Puts a report's test plan into words; a report of an older version has none, and a case nobody here knows is left out. */
export function describeTestPlan(report: Report, t: Translate): TestPlanLine[] {
  const plan = report.testPlan ?? [];
  return TEST_CASES.flatMap((name) => {
    const item = plan.find((one) => one.case === name);
    if (!item) return [];
    const login = withId(report.logins, item.login);
    const observation = item.observation
      ? withId(report.observations, item.observation)
      : undefined;
    const at = login?.loggedInAt ?? observation?.at;
    return {
      seen: item.seen,
      state: t(`report.plan.${item.seen}`),
      name: t(messageKey('report.plan.case', name)),
      site: login?.site ?? observation?.site ?? null,
      at: at ? readable(at) : null,
      id: item.login ?? item.observation,
      how: item.seen === 'yes' ? null : t(messageKey('report.plan.how', name)),
    };
  });
}

/** Finds what has an id; a case that no login shows names none. */
function withId<T extends { id: string }>(all: readonly T[], id: string | null): T | undefined {
  return id === null ? undefined : all.find((one) => one.id === id);
}

/** `Test plan: 3 of 10 cases exercised`. */
export function testPlanTitle(lines: readonly Pick<TestPlanLine, 'seen'>[], t: Translate): string {
  const done = lines.filter(({ seen }) => seen === 'yes').length;
  return t('report.plan.title', [String(done), String(lines.length)]);
}
