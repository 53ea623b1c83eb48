import { cutLink } from './kakao.ts';
import * as body from './kapi-bodies.ts';
import type { Body, Caller } from './kapi-caller.ts';
import { userMe } from './kapi-user-me.ts';

export interface KapiCall {
  methods: readonly string[];
  /** Consent item the call needs (-402 without). */
  scope?: string;
  /** Open to a user on manual link who has not signed up yet (others get -101). */
  early?: boolean;
  /** The body of a 200, or a negative error code. */
  answer: (caller: Caller) => Body | number;
}

const get = (answer: KapiCall['answer'], scope?: string): KapiCall => ({
  methods: ['GET'],
  scope,
  answer,
});
const post = (answer: KapiCall['answer'], scope?: string): KapiCall => ({
  methods: ['POST'],
  scope,
  answer,
});
const both = (answer: KapiCall['answer']): KapiCall => ({ methods: ['GET', 'POST'], answer });
const early = (call: KapiCall): KapiCall => ({ ...call, early: true });

function signup(caller: Caller): Body | number {
  return caller.link.registered ? -102 : body.idOf(caller);
}

function unlink(caller: Caller): Body {
  cutLink(caller.kakao, caller.link, 'UNLINK');
  return body.idOf(caller);
}

function logout(caller: Caller): Body {
  const { kakao, app, link, tokens } = caller;
  if (tokens) kakao.grants.drop(tokens);
  else kakao.grants.dropUser(app.clientId, link.userId);
  return body.idOf(caller);
}

function revokeScopes(caller: Caller): Body {
  const given = caller.params.get('scopes') ?? '[]';
  for (const id of JSON.parse(given) as string[]) caller.link.scopes.delete(id);
  return body.scopes(caller);
}

/** Every call the emulator knows, by exact path. */
export const KAPI_CALLS: Readonly<Record<string, KapiCall>> = {
  '/v2/user/me': early(both(userMe)),
  '/v1/api/talk/profile': get(body.talkProfile),
  '/v1/api/story/profile': get(body.storyProfile),
  '/v1/user/shipping_address': get(body.shipping, 'shipping_address'),
  '/v1/api/talk/friends': get(body.friends, 'friends'),
  '/v1/friends': get(body.friends, 'friends'),
  '/v1/api/talk/channels': get(body.channels, 'plusfriends'),
  '/v2/api/talk/channels': get(body.channels, 'plusfriends'),
  '/v1/oidc/userinfo': both(body.userinfo),
  '/v1/user/access_token_info': early(get(body.tokenInfo)),
  '/v1/user/signup': early(post(signup)),
  '/v1/user/unlink': early(post(unlink)),
  '/v1/user/logout': early(post(logout)),
  '/v1/user/update_profile': post(body.idOf),
  '/v2/user/scopes': get(body.scopes),
  '/v2/user/revoke/scopes': post(revokeScopes),
  '/v2/user/service_terms': get(body.serviceTerms),
  '/v1/user/service/terms': get(body.serviceTerms),
  '/v2/api/talk/memo/default/send': post(() => ({ result_code: 0 }), 'talk_message'),
  '/v1/api/talk/friends/message/default/send': post(
    () => ({ successful_receiver_uuids: [] }),
    'talk_message',
  ),
  // Retired in favour of /v2/user/me.
  '/v1/user/me': early(both(() => -9)),
};
