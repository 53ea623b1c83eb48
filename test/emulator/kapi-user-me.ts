import type { Body, Caller } from './kapi-caller.ts';

/** Instants in Kakao's bodies: UTC, whole seconds. */
const stamp = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** The body of `/v2/user/me`, cut down for users who have not signed up, or by `property_keys`. */
export function userMe({ app, account, link, params }: Caller): Body {
  const has = (scope: string): boolean => link.scopes.has(scope);
  const manual = app.linkMode === 'manual';
  const email = {
    email_needs_agreement: !has('account_email'),
    has_email: true,
    ...(has('account_email') && {
      is_email_valid: true,
      is_email_verified: true,
      email: account.email,
    }),
  };
  const phone = {
    phone_number_needs_agreement: !has('phone_number'),
    has_phone_number: true,
    ...(has('phone_number') && { phone_number: account.phone }),
  };
  const birthday = {
    birthday_needs_agreement: !has('birthday'),
    ...(has('birthday') && { birthday: account.birthday }),
  };
  const body: Body = {
    id: link.userId,
    connected_at: stamp(manual && link.completedAt ? link.completedAt : link.linkedAt),
    ...(manual && { has_signed_up: link.registered }),
    ...(link.registered && { properties: { nickname: account.nickname } }),
    kakao_account: {
      profile_nickname_needs_agreement: false,
      profile: { nickname: account.nickname },
      ...email,
      ...(link.registered && { ...phone, ...birthday }),
    },
  };
  return narrowed(body, params.get('property_keys'));
}

/** `property_keys` (a JSON list of dotted names) leaves id, connected_at and what it names. */
function narrowed(body: Body, keys: string | null): Body {
  if (keys === null) return body;
  const wanted = JSON.parse(keys) as string[];
  const out: Body = { id: body.id, connected_at: body.connected_at };
  for (const key of wanted) {
    const [top = '', inner] = key.replace(/\.$/, '').split('.');
    const value = body[top];
    if (value === undefined) continue;
    const part = (value as Body)[inner ?? ''];
    out[top] = inner ? { ...(out[top] as object | undefined), [inner]: part } : value;
  }
  return out;
}
