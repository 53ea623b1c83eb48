import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runRules } from '../../../../utils/guidance/run-rules.ts';
import type { Finding } from '../../../../utils/guidance/rule.ts';
import type { GuidanceInput } from '../../../../utils/guidance/context.ts';
import type { Observation } from '../../../../utils/model/observation.ts';
import { codeOf } from '../../../emulator/test-steps.ts';
import { APPS, startEmulator, type Emulator } from '../../../emulator/index.ts';
import { record, type Recording } from '../../emulator/recording.ts';
import { contextOf } from '../rule-cases.ts';
import { HOUR } from '../../fixtures.ts';

export const PAGE = 'https://page.shop.test';
const MANUAL = 'https://manual.shop.test';
export const FRAME = 'https://frame.shop.test';
export const SERVER = 'https://server.shop.test';
/** A shop of its own, whose server reports something that nobody can read. */
export const MUMBLING = 'mumbling.shop.test';

/** The emulated Kakao, once the shops are open. */
export let emulator: Emulator;
const mumbler = createServer((_request, response) =>
  response.writeHead(200, { 'server-timing': 'kakao;desc="GET /v2/user/me fine"' }).end('ok'),
);

/** Starts the emulated Kakao and the shops. */
export async function openShops(): Promise<void> {
  emulator = await startEmulator();
  await new Promise<void>((done) => mumbler.listen(0, '127.0.0.1', done));
  emulator.addSite(MUMBLING, (mumbler.address() as AddressInfo).port);
}

/** Ends all that `openShops` started. */
export async function closeShops(): Promise<void> {
  mumbler.close();
  await emulator.close();
}

/** Before a flow: nobody is linked to anything, and whatever happened is long ago. */
async function afresh(): Promise<void> {
  for (const { clientId, account } of emulator.truth())
    await emulator.unlinkFromApps(clientId, account);
  emulator.callbacks.length = 0;
  emulator.advance(1000 * HOUR);
}

/** A site and its app, as a page under test knows them. */
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
  /** A login and its exchange; more parameters of the authorize request. */
  async in(user = 'alice', more: Record<string, string> = {}): Promise<this> {
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
  me = () => this.call('/v2/user/me');
  renew = () =>
    this.har.token({
      grant_type: 'refresh_token',
      client_id: this.app,
      refresh_token: this.refresh,
    });
}

export const shop = (...args: ConstructorParameters<typeof Shop>) => new Shop(...args);
export const manual = () => shop(MANUAL, APPS.manual);
export const later = (hours: number) => emulator.advance(hours * HOUR);

/** What a flow leaves behind: a shop with its recording, or observations and what else guidance is given. */
type Left =
  | Shop
  | { observations: readonly Observation[]; more?: Partial<GuidanceInput> }
  | { shop: Shop; bodies: boolean };
export type Flow = () => Promise<Left>;

/** A rule, a flow that makes it speak, and one like it that does not. */
export type RuleFlow = [rule: string, fires: Flow, near: Flow];

/** What guidance says of a flow. */
export async function guidance(flow: Flow): Promise<Finding[]> {
  await afresh();
  const left = await flow();
  const observations =
    left instanceof Shop
      ? await left.har.observations()
      : 'shop' in left
        ? await left.shop.har.observations({ bodies: left.bodies })
        : left.observations;
  const more = 'more' in left ? left.more : {};
  return runRules({ ...contextOf(observations), ...more }, emulator.now());
}

/** A first login that does everything right: the near miss of most rules. */
export const fine: Flow = async () => (await shop().in()).me();
/** A flow of which no body was seen. */
export const unseen =
  (flow: () => Promise<Shop>): Flow =>
  async () => ({
    shop: await flow(),
    bodies: false,
  });
/** A login alone, with more parameters of the authorize request. */
export const authorized =
  (more: Record<string, string>, way?: Parameters<Recording['login']>[1]): Flow =>
  async () => {
    const one = shop();
    await one.har.login({ ...one.fields, ...more }, way);
    return one;
  };
