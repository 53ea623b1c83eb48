import type { Body, Caller } from './kapi-caller.ts';

// What each call of the API answers, named after the call. A number is the code of an error.

export const idOf = ({ link }: Caller): Body => ({ id: link.userId });

export const talkProfile = ({ account }: Caller): Body => ({
  nickName: account.nickname,
  profileImageURL: '',
  thumbnailURL: '',
  countryISO: 'KR',
});
export const storyProfile = ({ account }: Caller): Body => ({
  nickName: account.nickname,
  birthday: account.birthday,
});
export const friends = ({ kakao, link }: Caller): Body => {
  const others = kakao.world.links.filter(
    (l) => l.clientId === link.clientId && l.account !== link.account && l.state !== 'unlinked',
  );
  const elements = others.map((l) => ({
    id: l.userId,
    uuid: `uuid-${l.userId}`,
    profile_nickname: kakao.accounts.get(l.account)?.nickname,
    favorite: false,
  }));
  return { elements, total_count: elements.length, after_url: null };
};
export const channels = ({ link }: Caller): Body => ({
  user_id: link.userId,
  channels: [{ channel_uuid: '@shop', channel_public_id: '_Shop', relation: 'ADDED' }],
});
export const scopes = ({ app, link }: Caller): Body => ({
  id: link.userId,
  scopes: app.scopes.map(({ id, required }) => ({
    id,
    display_name: id,
    type: 'PRIVACY',
    using: true,
    agreed: link.scopes.has(id),
    revocable: !required,
  })),
});
export const serviceTerms = ({ link }: Caller): Body => ({
  id: link.userId,
  service_terms: [...link.terms].map((tag) => ({ tag, required: false, agreed: true })),
});

export const shipping = ({ account, link }: Caller): Body => ({
  user_id: link.userId,
  shipping_addresses_needs_agreement: false,
  shipping_addresses: [{ id: 1, name: 'home', base_address: account.address }],
});

export const userinfo = ({ app, account, link }: Caller): Body | number =>
  app.oidc
    ? {
        sub: String(link.userId),
        name: account.name,
        nickname: account.nickname,
        email: account.email,
        email_verified: true,
      }
    : -3;

export const tokenInfo = ({ kakao, app, link, tokens }: Caller): Body | number => {
  if (!tokens) return -401;
  const left = Math.floor((tokens.accessUntil - kakao.clock.now()) / 1000);
  return {
    id: link.userId,
    expires_in: left,
    app_id: app.appId,
    appId: app.appId,
    expiresInMillis: left * 1000,
  };
};
