import { APPS } from '../../../emulator/index.ts';
import { observe } from '../../fixtures.ts';
import {
  emulator,
  completeLogin,
  advanceHours,
  UNREADABLE_REPORT_HOST,
  SERVER,
  shop,
  type Flow,
  type RuleFlow,
} from './shops.ts';

/** A login as the browser delivers it live, with or without access to the site, followed by `more` facts. */
const live =
  (access: 'watched' | 'not watched', ...more: Parameters<typeof observe>[0][]): Flow =>
  async () => {
    const one = await shop().logIn();
    const own = more.map((fact, i) => observe(fact, emulator.now() + i + 1, { source: 'tester' }));
    advanceHours(1);
    return { observations: [...one.har.live(access === 'watched'), ...own] };
  };

/** Flows in which calls cannot be seen. */
export const VISIBILITY: RuleFlow[] = [
  [
    'server-silent',
    async () => {
      const one = shop(SERVER, APPS.server);
      await one.har.login(one.fields);
      return one;
    },
    completeLogin,
  ],
  ['site-not-watched', live('not watched'), live('watched')],
  [
    'watched-after-login',
    live('not watched', { type: 'watch', watched: true }),
    live('not watched'),
  ],
  ['recording-paused', live('watched', { type: 'pause', paused: true }), live('watched')],
  [
    'bad-server-report',
    async () => {
      const one = shop();
      await one.har.open(`https://${UNREADABLE_REPORT_HOST}/`);
      return one;
    },
    async () => {
      const one = shop(SERVER, APPS.server);
      await one.har.open(`${SERVER}/login?report=1`);
      return one;
    },
  ],
];
