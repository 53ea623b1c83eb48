import type { BrowserContext } from '@playwright/test';
import type { Kakao as KakaoState } from '../../test/emulator/kakao.ts';
import type { Exchange } from '../emulator/kakao-server.ts';
import { durationOf, letPass, registerAccount, registerApp } from '../emulator/setup.ts';
import { judge, type Judgement } from './judge.ts';
import { recordContext, type Recording } from './recording.ts';
import { entryOfCall, serverCallOf, type ServerCall } from './server-calls.ts';
import type { Kakao, KakaoAccount, LinkState } from './types.ts';

/** A recorded context, and the accounts that logged in there by `login`. */
interface Watched {
  recording: Recording;
  accounts: Set<string>;
}

/** A test's Kakao, and what the fixture needs of it besides. */
export interface KakaoControl {
  kakao: Kakao;
  onExchange: (exchange: Exchange) => void;
  /** Judges what a context did. Throws where it was not recorded. */
  judge: (context: BrowserContext) => Promise<Judgement>;
}

/** Puts a test in charge of an emulated Kakao. */
export function createKakaoControl(state: KakaoState): KakaoControl {
  const watched = new Map<BrowserContext, Watched>();
  const calls: ServerCall[] = [];
  const watch = (context: BrowserContext) => {
    if (watched.has(context)) return;
    watched.set(context, { recording: recordContext(context, state), accounts: new Set() });
  };
  const kakao: Kakao = {
    app: async (app) => registerApp(state, app),
    account: async ({ nickname }) => ({ name: registerAccount(state, nickname), nickname }),
    login: async (page, account) => {
      watched.get(page.context())?.accounts.add(account.name);
      await page.locator(`#as-${account.name}`).click();
    },
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
    onExchange: (exchange) => {
      const call = serverCallOf(state, exchange);
      if (call) calls.push(call);
    },
    judge: async (context) => {
      const found = watched.get(context);
      if (!found) throw new Error('this context is not recorded; call kakao.watch(context) first');
      const { recording, accounts } = found;
      // Another context's logins are another browser's.
      const own = watched.size === 1 ? calls : calls.filter((c) => accounts.has(c.account));
      const told = own.flatMap((call) => {
        const redirectUri = state.apps.get(call.clientId)?.redirectUris[0];
        return redirectUri === undefined ? [] : [entryOfCall(call, redirectUri)];
      });
      const modes = [...state.apps.values()].map(({ clientId, linkMode }) => ({
        clientId,
        linkMode,
      }));
      return judge([...(await recording.entries()), ...told], modes, state.clock.now());
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
