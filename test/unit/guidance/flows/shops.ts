import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GuidanceInput } from '../../../../utils/guidance/rule-context.ts';
import type { Finding } from '../../../../utils/guidance/rule.ts';
import { runRules } from '../../../../utils/guidance/run-rules.ts';
import type { Observation } from '../../../../utils/model/observation.ts';
import { APPS, startEmulator, type Emulator } from '../../../emulator/index.ts';
import { codeOf } from '../../../emulator/test-steps.ts';
import { record, type Recording } from '../../emulator/recording.ts';
import { HOUR } from '../../fixtures.ts';
import { guidanceInputOf } from '../rule-cases.ts';

export const PAGE = 'https://page.shop.test';
const MANUAL = 'https://manual.shop.test';
export const FRAME = 'https://frame.shop.test';
export const SERVER = 'https://server.shop.test';
/** A shop whose server sends a `Server-Timing` report that cannot be read. */
export const UNREADABLE_REPORT_HOST = 'unreadable.shop.test';

/** The emulated Kakao, once the shops are open. */
export let emulator: Emulator;
const unreadableReportServer = createServer((_request, response) =>
  response.writeHead(200, { 'server-timing': 'kakao;desc="GET /v2/user/me fine"' }).end('ok'),
);

/** Starts the emulated Kakao and the shops. */
export async function openShops(): Promise<void> {
  emulator = await startEmulator();
  await new Promise<void>((done) => unreadableReportServer.listen(0, '127.0.0.1', done));
  emulator.addSite(UNREADABLE_REPORT_HOST, (unreadableReportServer.address() as AddressInfo).port);
}

/** Stops what `openShops` started. */
export async function closeShops(): Promise<void> {
  unreadableReportServer.close();
  await emulator.close();
}

/** Unlinks every account and moves the clock on, so that a flow depends on no flow before it. */
async function resetAccounts(): Promise<void> {
  for (const { clientId, account } of emulator.truth())
    await emulator.unlinkFromApps(clientId, account);
  emulator.callbacks.length = 0;
  emulator.advance(1000 * HOUR);
}

/** A site under test with its app, the recording of its traffic, and the tokens it was issued. */
export class Shop {
  readonly har: Recording;
  readonly site: string;
  readonly app: string;
  token = '';
  refresh = '';
  constructor(site = PAGE, app: string = APPS.page) {
    this.har = record(emulator, site);
    this.site = site;
    this.app = app;
  }
  get fields() {
    return { client_id: this.app, redirect_uri: `${this.site}/cb` };
  }
  /** Logs in and exchanges the code; `more` are further parameters of the authorize request. */
  async logIn(user = 'alice', more: Record<string, string> = {}): Promise<this> {
    const back = await this.har.login({ ...this.fields, ...more }, { user });
    await this.exchange(codeOf(back));
    return this;
  }
  async exchange(code: string, more: Record<string, string> = {}): Promise<void> {
    const form = { grant_type: 'authorization_code', ...this.fields, code, ...more };
    const { access_token = '', refresh_token = '' } = await this.har.token(form);
    if (access_token) Object.assign(this, { token: access_token, refresh: refresh_token });
  }
  async call(path: string, method?: string): Promise<this> {
    await this.har.call(path, `Bearer ${this.token}`, method);
    return this;
  }
  callUserMe = () => this.call('/v2/user/me');
  refreshToken = () =>
    this.har.token({
      grant_type: 'refresh_token',
      client_id: this.app,
      refresh_token: this.refresh,
    });
}

/** A shop, with its recording. */
export const shop = (...args: ConstructorParameters<typeof Shop>) => new Shop(...args);
/** A shop whose app links by hand. */
export const manualShop = () => shop(MANUAL, APPS.manual);
/** Lets time pass for the emulated Kakao. */
export const advanceHours = (hours: number) => emulator.advance(hours * HOUR);

/** What a flow returns: a shop with its recording, or observations and what else guidance is given. */
type FlowOutcome =
  | Shop
  | { observations: readonly Observation[]; more?: Partial<GuidanceInput> }
  | { shop: Shop; bodies: boolean };
export type Flow = () => Promise<FlowOutcome>;

/** A rule, a flow on which it fires, and a similar flow on which it does not. */
export type RuleFlow = [rule: string, fires: Flow, nearMiss: Flow];

/** Runs a flow and returns the findings on what was observed. */
export async function findingsOf(flow: Flow): Promise<Finding[]> {
  await resetAccounts();
  const outcome = await flow();
  const observations =
    outcome instanceof Shop
      ? await outcome.har.observations()
      : 'shop' in outcome
        ? await outcome.shop.har.observations({ bodies: outcome.bodies })
        : outcome.observations;
  const more = 'more' in outcome ? outcome.more : {};
  return runRules({ ...guidanceInputOf(observations), ...more }, emulator.now());
}

/** A first login that is completed: the near miss of most rules. */
export const completeLogin: Flow = async () => (await shop().logIn()).callUserMe();
/** Runs a flow and leaves the bodies out of its recording. */
export const withoutBodies =
  (flow: () => Promise<Shop>): Flow =>
  async () => ({
    shop: await flow(),
    bodies: false,
  });
/** A login without an exchange, with more parameters of the authorize request. */
export const authorizeOnly =
  (more: Record<string, string>, way?: Parameters<Recording['login']>[1]): Flow =>
  async () => {
    const one = shop();
    await one.har.login({ ...one.fields, ...more }, way);
    return one;
  };
