// The shop that does everything in the page, as with SDK v2.
// Options in the address (kept for the way back): app, scope, prompt, service_terms, through_account,
// state, nonce, is_popup=true|false, calls=me,friends (buttons pressed after login), keep=1 (keep ?code).
const { config, options, run, write, wireCalls, on } = globalThis.shop;
const AUTHORIZE_OPTIONS = ['scope', 'prompt', 'service_terms', 'through_account', 'nonce'];
const redirectUri = `${location.origin}/cb`;

const isCallback = location.pathname === '/cb';
if (!isCallback) sessionStorage.setItem('options', options.toString());
const wanted = new URLSearchParams(sessionStorage.getItem('options') ?? '');
const clientId = wanted.get('app') ?? config.clientId;
const isPopup = wanted.has('is_popup') ? wanted.get('is_popup') === 'true' : config.popup;

Kakao.init(clientId);
Kakao.Auth.setAccessToken(sessionStorage.getItem('access') ?? '');

async function token(fields) {
  const response = await fetch('https://kauth.kakao.com/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({ client_id: clientId, ...fields }),
  });
  const body = await response.json();
  if (response.status !== 200) throw new Error(`${response.status} ${body.error_code}`);
  if (body.refresh_token) sessionStorage.setItem('refresh', body.refresh_token);
  sessionStorage.setItem('access', body.access_token);
  Kakao.Auth.setAccessToken(body.access_token);
  return '200';
}

const exchange = () =>
  token({
    grant_type: 'authorization_code',
    redirect_uri: redirectUri,
    code: sessionStorage.getItem('code') ?? '',
  });

async function call(method, path) {
  await Kakao.API.request({ url: path, method });
  return '200';
}

on('login', () => {
  const extra = AUTHORIZE_OPTIONS.filter((name) => wanted.has(name));
  const state = wanted.get('state') ?? `state-${crypto.randomUUID()}`;
  return Kakao.Auth.authorize({
    redirectUri,
    state,
    isPopup,
    ...Object.fromEntries(extra.map((name) => [name, wanted.get(name)])),
  });
});
wireCalls(call);
on('refresh', () =>
  token({ grant_type: 'refresh_token', refresh_token: sessionStorage.getItem('refresh') ?? '' }),
);
on('again', exchange);
on('backend', async () => {
  const access = sessionStorage.getItem('access') ?? '';
  const response = await fetch(`/api/session?token=${access}`, {
    method: 'POST',
    body: new URLSearchParams({ access_token: access }),
  });
  return response.status;
});

/** Asks a worker to call /v2/user/me; gives the status. */
function askWorker(port) {
  const channel = new MessageChannel();
  const answer = new Promise((resolve, reject) => {
    channel.port1.addEventListener('message', ({ data }) =>
      data.status ? resolve(data.status) : reject(data),
    );
    channel.port1.start();
  });
  port.postMessage({ access: sessionStorage.getItem('access') }, [channel.port2]);
  return answer;
}
on('dedicated-me', () => askWorker(new Worker('/me-worker.js')));
on('shared-me', () => {
  const { port } = new SharedWorker('/me-worker.js');
  port.start();
  return askWorker(port);
});
on('pass-on', async () => {
  const { serviceWorker } = navigator;
  const inControl = new Promise((resolve) => {
    serviceWorker.addEventListener('controllerchange', resolve, { once: true });
  });
  await serviceWorker.register('/passing-service-worker.js');
  if (!serviceWorker.controller) await inControl;
});
on('worker-me', async () => {
  const { serviceWorker } = navigator;
  if (!serviceWorker.controller) await serviceWorker.register('/me-service-worker.js');
  const { active } = await serviceWorker.ready;
  return askWorker(active);
});

if (isCallback && options.has('error')) {
  run('login', () => {
    throw new Error(`${options.get('error')} ${options.get('error_description')}`);
  });
} else if (isCallback && options.has('code')) {
  sessionStorage.setItem('code', options.get('code'));
  // A reload must not use the code twice.
  if (!wanted.has('keep')) history.replaceState(null, '', '/cb');
  run('POST /oauth/token', exchange).then(() => {
    for (const id of (wanted.get('calls') ?? '').split(',').filter(Boolean))
      document.getElementById(id)?.click();
  });
} else {
  write(`app ${clientId}`);
}
