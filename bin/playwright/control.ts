import type { BrowserContext } from '@playwright/test';
import type { Kakao as KakaoState } from '../../test/emulator/kakao.ts';
import type { Exchange } from '../emulator/kakao-server.ts';
import { durationOf, letPass, registerAccount, registerApp } from '../emulator/setup.ts';
import { judge, type Judgement } from './judge.ts';
import { recordContext, type Recording } from './recording.ts';
import { createServerCalls } from './server-calls.ts';
import type { Kakao, KakaoAccount, LinkState } from './types.ts';

/** A test's Kakao, and what the fixture needs of it besides. */
export interface KakaoControl {
  kakao: Kakao;
  onExchange: (exchange: Exchange) => void;
  /** Judges what a context did. Throws where it was not recorded. */
  judge: (context: BrowserContext) => Promise<Judgement>;
}

/** Puts a test in charge of an emulated Kakao. */
export function createKakaoControl(state: KakaoState): KakaoControl {
  const watched = new Map<BrowserContext, Recording>();
  const served = createServerCalls(state);
  const watch = (context: BrowserContext) => {
    if (!watched.has(context)) watched.set(context, recordContext(context, state));
  };
  const kakao: Kakao = {
    app: async (app) => registerApp(state, app),
    account: async ({ nickname }) => ({ name: registerAccount(state, nickname), nickname }),
    login: (page, account) => page.locator(`#as-${account.name}`).click(),
    agree: (page) => page.locator('#agree').click(),
    deny: (page) => page.locator('#deny').click(),
    pass: async (time) => letPass(state, durationOf(time)),
    linkOf: async (account, clientId) => linkOf(state, account, clientId),
    answerNext: async (path, answer) => {
      state.forced.set(path, [...(state.forced.get(path) ?? []), answer]);
    },
    watch,
  };
  return {
    kakao,
    onExchange: served.note,
    judge: async (context) => {
      const recording = watched.get(context);
      if (!recording)
        throw new Error('this context is not recorded; call kakao.watch(context) first');
      const entries = await recording.entries();
      const modes = [...state.apps.values()].map(({ clientId, linkMode }) => ({
        clientId,
        linkMode,
      }));
      return judge(entries, served.of(entries), modes, state.clock.now());
    },
  };
}

function linkOf(state: KakaoState, { name }: KakaoAccount, clientId?: string): LinkState {
  const links = state.world.links.filter(
    (link) => link.account === name && (clientId === undefined || link.clientId === clientId),
  );
  const apps = new Set(links.map((link) => link.clientId));
  if (apps.size > 1) throw new Error('the account has links to several apps: name one');
  const last = links.at(-1);
  if (!last) return 'none';
  return last.unlinkedAt === null ? 'linked' : 'unlinked';
}
