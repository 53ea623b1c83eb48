import type { Emulator } from './contract.ts';
import { send, type Reply } from './loopback-client.ts';
import { createScriptBrowser, type Page, type ScriptBrowser } from './script-browser.ts';

export interface AuthorizeFields {
  client_id: string;
  redirect_uri: string;
  [name: string]: string;
}

/** The address of an authorize request. */
export const authorizeUrl = (fields: AuthorizeFields): string =>
  `https://kauth.kakao.com/oauth/authorize?${new URLSearchParams({ response_type: 'code', ...fields })}`;

/** Signs a fresh browser in at accounts.kakao.com, without any app. */
export async function signedIn(emulator: Emulator, user: string): Promise<ScriptBrowser> {
  const browser = createScriptBrowser(emulator.port);
  const form = await browser.visit('https://accounts.kakao.com/login');
  await browser.submit(form, 'login', { user });
  return browser;
}

/** Where the app of a key sends its users back: its first redirect address. Throws on unknown keys. */
function redirectUriOf(emulator: Emulator, clientId: string): string {
  const uri = emulator.apps.get(clientId)?.redirectUris[0];
  if (!uri) throw new Error(`no app ${clientId}`);
  return uri;
}

/** Authorizes, agreeing on the consent page if one comes; gives the page that ended it. */
export async function authorize(
  browser: ScriptBrowser,
  fields: AuthorizeFields,
  consent: Record<string, string> = {},
): Promise<Page> {
  const page = await browser.visit(authorizeUrl(fields));
  return page.body.includes('id="agree"') ? browser.submit(page, 'agree', consent) : page;
}

/** The code that came on the way to a page, or an empty string. */
export function codeOf(page: Page): string {
  const found = page.hops.findLast(({ url }) => new URL(url).searchParams.has('code'));
  return (found && new URL(found.url).searchParams.get('code')) ?? '';
}

interface TokenReply extends Reply {
  json: Record<string, string | number>;
}

/** POST /oauth/token with the given fields. */
export async function token(
  emulator: Emulator,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenReply> {
  const url = 'https://kauth.kakao.com/oauth/token';
  const reply = await send(emulator.port, url, { method: 'POST', form, headers });
  return { ...reply, json: JSON.parse(reply.body) as TokenReply['json'] };
}

/** A whole login of `user`, up to the token; gives the access token. */
export async function login(emulator: Emulator, clientId: string, user: string): Promise<string> {
  const browser = await signedIn(emulator, user);
  const redirectUri = redirectUriOf(emulator, clientId);
  const end = await authorize(browser, { client_id: clientId, redirect_uri: redirectUri });
  const secret = emulator.apps.get(clientId)?.clientSecret;
  const { json } = await token(emulator, {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code: codeOf(end),
    ...(secret && { client_secret: secret }),
  });
  return String(json.access_token);
}

/** One API call with a token; the body parsed. */
export async function kapi(
  emulator: Emulator,
  accessToken: string,
  path: string,
  method = 'GET',
  form?: Record<string, string>,
): Promise<Reply & { json: Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const reply = await send(emulator.port, `https://kapi.kakao.com${path}`, {
    method,
    headers,
    form,
  });
  return { ...reply, json: JSON.parse(reply.body || '{}') as Record<string, unknown> };
}
