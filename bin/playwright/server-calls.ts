import { KAPI } from '../../test/emulator/hosts.ts';
import type { Kakao } from '../../test/emulator/kakao.ts';
import { parseObject } from '../../utils/model/json.ts';
import type { Exchange } from '../emulator/kakao-server.ts';
import type { Entry } from './recording.ts';

/** A call of a back end under test, as the emulated Kakao saw it. */
interface ServerCall extends Exchange {
  /** Epoch ms, by Kakao's clock. */
  at: number;
  /** The access token that it carried or got. */
  token: string;
}

/** For what a token was issued. */
interface Issue {
  code: string;
  /** Which link it is of: its app, its account and when it was made. */
  link: string;
}

/** What back ends under test did. */
export interface ServerCalls {
  /** Notes an exchange of the emulated Kakao. */
  note: (exchange: Exchange) => void;
  /** The calls that are about the links of a context, given what that recorded, as a proxy records them. */
  of: (recorded: readonly Entry[]) => Entry[];
}

/** Notes what back ends under test do at an emulated Kakao. */
export function createServerCalls(kakao: Kakao): ServerCalls {
  const calls: ServerCall[] = [];
  /** By access and by refresh token. */
  const issues = new Map<string, Issue>();
  return {
    note(exchange) {
      const at = kakao.clock.now();
      const { ask, answer } = exchange;
      const { access_token: access, refresh_token: refresh } = parseObject(answer.body) ?? {};
      const issued = [access, refresh].filter((token) => typeof token === 'string');
      const issue = issued.length ? issueOf(kakao, exchange, issued, issues) : null;
      if (issue) for (const token of issued) issues.set(token, issue);
      const bearer = /^Bearer (.+)$/i.exec(ask.headers.authorization ?? '')?.[1];
      const token = bearer ?? ask.query.get('access_token') ?? issued[0];
      const isCall = ask.host === KAPI || ask.path === '/oauth/token';
      if (!exchange.fromBrowser && isCall && token && issues.has(token))
        calls.push({ ...exchange, at, token });
    },
    of(recorded) {
      const codes = new Set([...issues.values()].map(({ code }) => code));
      const own = new Set([...codes].filter((code) => recorded.some((e) => hasCode(e, code))));
      const tokenOfLink = new Map<string, string>();
      for (const [token, { code, link }] of issues)
        if (own.has(code) && !tokenOfLink.has(link)) tokenOfLink.set(link, token);
      return calls.flatMap((call) => {
        const issue = issues.get(call.token);
        if (issue && own.has(issue.code)) return [entryOf(call, call.token)];
        // Another context's call is of the same link: it is recorded as if it had this one's token.
        const token = tokenOfLink.get(issue?.link ?? '');
        return token && call.ask.host === KAPI ? [entryOf(call, token)] : [];
      });
    },
  };
}

/** For what an answer issued tokens: a code, or what an earlier token was issued for; null where that is not known. */
function issueOf(
  kakao: Kakao,
  { ask }: Exchange,
  issued: readonly string[],
  issues: ReadonlyMap<string, Issue>,
): Issue | null {
  const code = ask.form.get('code');
  if (code === null) return issues.get(ask.form.get('refresh_token') ?? '') ?? null;
  const owner = kakao.grants.byAccess(issued[0] ?? '', kakao.clock.now());
  if (!owner) return null;
  const { clientId, account } = owner;
  const linkedAt = kakao.world.standing(clientId, account)?.linkedAt ?? '';
  return { code, link: `${clientId} ${account} ${linkedAt}` };
}

/** Whether a code came to a context's browser by a request. */
function hasCode({ request, response }: Entry, code: string): boolean {
  const texts = [request.url, request.postData?.text, response.redirectURL, response.content.text];
  return texts.some((text) => text?.includes(code));
}

/** A call as a proxy between back end and Kakao records it, with a token. */
function entryOf({ ask, answer, at }: ServerCall, token: string): Entry {
  const url = new URL(`https://${ask.host}${ask.path}?${ask.query}`);
  url.searchParams.delete('access_token');
  const isToApi = ask.host === KAPI;
  const form = ask.form.toString();
  return {
    startedDateTime: new Date(at).toISOString(),
    time: 0,
    pageref: null,
    _resourceType: 'fetch',
    request: {
      method: ask.method,
      url: url.href,
      headers: isToApi ? [{ name: 'authorization', value: `Bearer ${token}` }] : [],
      ...(form ? { postData: { text: form } } : {}),
    },
    response: {
      status: answer.status,
      headers: [],
      redirectURL: '',
      content: { mimeType: 'application/json', text: answer.body },
    },
  };
}
