import { createAccount } from './accounts.ts';
import { escapeHtml, html, redirect, withHeaders, type Answer, type Ask } from './exchange.ts';
import { KAUTH } from './hosts.ts';
import type { Kakao } from './kakao.ts';

const HOME = 'https://accounts.kakao.com/';

/** Where a login goes on: only Kakao's own authorize addresses are followed. */
function continueOf(ask: Ask): string {
  const wanted = ask.params.get('continue') ?? '';
  return wanted.startsWith(`https://${KAUTH}/`) ? wanted : HOME;
}

function mustShowForm(continueTo: string): boolean {
  const prompts = (new URL(continueTo).searchParams.get('prompt') ?? '').split(',');
  return prompts.includes('login') || prompts.includes('select_account');
}

function loginPage(kakao: Kakao, ask: Ask, note: string, action = '/login/do'): Answer {
  const create = action !== '/login/do';
  const quick = [...kakao.accounts.keys()]
    .map((name) => `<button id="as-${name}" name="user" value="${name}">${name}</button>`)
    .join(' ');
  return html(`<!doctype html><html lang="ko"><meta charset="utf-8"><title>카카오계정 / Kakao account</title>
<h1>${create ? '카카오계정 만들기 / Create an account' : '카카오계정 로그인 / Log in'}</h1>
<p id="note" role="alert">${escapeHtml(note)}</p>
<form method="post" action="${action}">
<label>계정 / Account <input id="user" name="user" autocomplete="off"></label>
<label>비밀번호 / Password <input id="password" name="password" type="password"
 value="${escapeHtml(kakao.accounts.get('alice')?.password ?? '')}"></label>
<label><input type="checkbox" id="stay" name="stay" value="1"> 로그인 유지 / Stay signed in</label>
<input type="hidden" name="continue" value="${escapeHtml(continueOf(ask))}">
<button id="login">${create ? '가입 / Create' : '로그인 / Log in'}</button>
${create ? '' : `<p>${quick}</p>`}</form></html>`);
}

function signIn(kakao: Kakao, ask: Ask, name: string): Answer {
  const continueTo = continueOf(ask);
  const stay = ask.params.get('stay') === '1';
  const cookie = kakao.sessions.open(name, stay, continueTo, kakao.clock.now());
  return withHeaders(redirect(continueTo), { 'set-cookie': cookie });
}

// A quick button sends `user` beside the empty text field: the filled one is meant.
const userOf = (ask: Ask): string =>
  [...ask.form.getAll('user'), ...ask.query.getAll('user')].find((name) => name.trim())?.trim() ??
  '';

/** accounts.kakao.com: login form, account creation, logout. */
export function answerAccounts(kakao: Kakao, ask: Ask): Answer {
  const session = kakao.sessions.of(ask, kakao.clock.now());
  switch (ask.path) {
    case '/':
      return html(
        `<!doctype html><title>카카오계정</title><p id="who">${session?.account ?? 'signed out'}</p>`,
      );
    case '/login':
    case '/login/': {
      const continueTo = continueOf(ask);
      if (session && continueTo !== HOME && !mustShowForm(continueTo)) {
        session.returned.add(continueTo);
        return redirect(continueTo);
      }
      return loginPage(kakao, ask, '');
    }
    case '/login/do': {
      const name = userOf(ask);
      if (kakao.accounts.has(name)) return signIn(kakao, ask, name);
      return loginPage(kakao, ask, '카카오계정을 확인해 주세요 / Unknown account');
    }
    case '/weblogin/create_account':
      return loginPage(kakao, ask, '', '/weblogin/create_account/do');
    case '/weblogin/create_account/do': {
      const name = userOf(ask);
      if (!/^[a-z][a-z0-9]{0,19}$/.test(name) || kakao.accounts.has(name))
        return loginPage(kakao, ask, '쓸 수 없는 이름 / Not available', ask.path);
      kakao.accounts.set(name, createAccount(name, kakao.secrets));
      return signIn(kakao, ask, name);
    }
    case '/logout': {
      const wanted = continueOf(ask);
      const page =
        wanted === HOME ? html('<!doctype html><title>logout</title>로그아웃') : redirect(wanted);
      return withHeaders(page, { 'set-cookie': kakao.sessions.end(ask) });
    }
    default:
      return html('<!doctype html><title>404</title>404', 404);
  }
}
