import { APPS } from '../../../emulator/index.ts';
import {
  emulator,
  fine,
  later,
  MUMBLING,
  SERVER,
  shop,
  type Flow,
  type RuleFlow,
} from './shops.ts';
import { observe } from '../../fixtures.ts';

/** A login as it is seen live; `more` of what happens in the browser afterwards. */
const live =
  (watched: boolean, ...more: Parameters<typeof observe>[0][]): Flow =>
  async () => {
    const one = await shop().in();
    const own = more.map((fact, i) => observe(fact, emulator.now() + i + 1, { source: 'tester' }));
    later(1);
    return { observations: [...one.har.live(watched), ...own] };
  };

/** What could not be seen. */
export const SIGHT: RuleFlow[] = [
  [
    'server-silent',
    async () => {
      const one = shop(SERVER, APPS.server);
      await one.har.login(one.fields);
      return one;
    },
    fine,
  ],
  ['site-not-watched', live(false), live(true)],
  ['watched-after-login', live(false, { type: 'watch', watched: true }), live(false)],
  ['recording-paused', live(true, { type: 'pause', paused: true }), live(true)],
  [
    'bad-server-report',
    async () => {
      const one = shop();
      await one.har.open(`https://${MUMBLING}/`);
      return one;
    },
    async () => {
      const one = shop(SERVER, APPS.server);
      await one.har.open(`${SERVER}/login?report=1`);
      return one;
    },
  ],
];
