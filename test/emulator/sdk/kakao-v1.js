// A stand-in that behaves on the wire like Kakao's JavaScript SDK 1.x: a popup that gives the token by
// message, and a hidden kapi frame that makes the calls. Written for tests; it is not Kakao's code.
globalThis.Kakao = (() => {
  const KAUTH = 'https://kauth.kakao.com';
  const KAPI = 'https://kapi.kakao.com';
  let clientId = '';
  let accessToken = '';
  let apiFrame = null;

  const agent = () => {
    const device = navigator.platform.replaceAll(' ', '_');
    const origin = encodeURIComponent(location.origin);
    return `sdk/1.43.5 os/javascript sdk_type/javascript lang/${navigator.language} device/${device} origin/${origin}`;
  };
  const random = () => crypto.randomUUID().replaceAll('-', '').slice(0, 20);
  const query = (fields) =>
    Object.entries(fields)
      .filter(([, value]) => value)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');

  /** Opens a hidden relay frame; resolves to a function that sends one request through it. */
  function openFrame(address, channel) {
    const site = new URL(address).origin;
    const waiting = new Map();
    const frame = document.createElement('iframe');
    frame.name = `easyXDM_Kakao_${channel}_provider`;
    frame.hidden = true;
    frame.src = `${address}?${query({ xdm_e: location.origin, xdm_c: channel, xdm_p: '1' })}`;
    return new Promise((resolve) => {
      addEventListener('message', ({ origin, data }) => {
        if (origin !== site || typeof data !== 'string' || !data.startsWith(`${channel} `)) return;
        const message = JSON.parse(data.slice(channel.length + 1));
        if (message.ready)
          resolve((params) => {
            const id = random();
            frame.contentWindow.postMessage(`${channel} ${JSON.stringify({ id, params })}`, site);
            return new Promise((done) => waiting.set(id, done));
          });
        else waiting.get(message.id)?.(message);
      });
      document.body.append(frame);
    });
  }

  let channelNumber = Math.floor(Math.random() * 900) + 100;
  let loginChannel = '';

  function init(key) {
    clientId = key;
    loginChannel = random();
    void openFrame(`${KAUTH}/public/widget/login/kakaoLoginWidget.html`, loginChannel);
  }

  function login({ success, fail, scope, prompts }) {
    const state = random();
    const url = `${KAUTH}/oauth/authorize?${query({
      client_id: clientId,
      redirect_uri: 'kakaojs',
      response_type: 'code',
      state,
      scope,
      prompt: prompts,
      proxy: `easyXDM_Kakao_${loginChannel}_provider`,
      ka: agent(),
      origin: location.origin,
    })}`;
    const listen = ({ origin, data }) => {
      if (origin !== KAUTH || typeof data !== 'string') return;
      const [, text] = data.split(' postResponse ');
      if (!text) return;
      const answer = JSON.parse(decodeURIComponent(text));
      if (answer.stateToken !== state) return;
      removeEventListener('message', listen);
      if (!answer.access_token)
        return fail(new Error(`${answer.error} ${answer.error_description}`));
      accessToken = answer.access_token;
      success(answer);
    };
    addEventListener('message', listen);
    // A new window each time: a named one may still be closing after the login before.
    globalThis.open(url, '_blank', 'width=480,height=700,location=no,scrollbars=yes');
  }

  async function request({ url, method = 'GET', data = {} }) {
    apiFrame ??= openFrame(`${KAPI}/cors/`, `default${channelNumber++}`);
    const relay = await apiFrame;
    const headers = {
      KA: agent(),
      Authorization: `Bearer ${accessToken}`,
      'Cache-Control': 'no-cache',
      Pragma: 'no-cache',
    };
    const answer = await relay({ method, url: KAPI + url, headers, data });
    const body = answer.status ? JSON.parse(answer.text) : {};
    if (answer.status === 200) return body;
    throw new Error(`${answer.status} ${body.code ?? ''}`);
  }

  return {
    VERSION: '1.43.5-stand-in',
    init,
    Auth: {
      login,
      setAccessToken: (token) => {
        accessToken = token;
      },
      getAccessToken: () => accessToken,
    },
    API: { request },
  };
})();
