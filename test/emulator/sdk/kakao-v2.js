// A stand-in that behaves on the wire like Kakao's JavaScript SDK 2.x: authorize by redirect or popup
// with polling, API calls by XHR from the page. Written for tests; it is not Kakao's code.
globalThis.Kakao = (() => {
  const KAUTH = 'https://kauth.kakao.com';
  let clientId = '';
  let accessToken = '';

  const agent = () => {
    const device = navigator.platform.replaceAll(' ', '_');
    const origin = encodeURIComponent(location.origin);
    return `sdk/2.6.0 os/javascript sdk_type/javascript lang/${navigator.language} device/${device} origin/${origin}`;
  };
  const transactionId = () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    const bytes = crypto.getRandomValues(new Uint8Array(60));
    return Array.from(bytes, (byte) => letters[byte % letters.length]).join('');
  };
  // Blanks as %20, as the real one writes them.
  const query = (fields) =>
    Object.entries(fields)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');

  /** Polls once a second until the popup has ended; then goes to the redirect address itself. */
  function poll(tran, redirectUri, state) {
    return new Promise((resolve, reject) => {
      const url = `${KAUTH}/apiweb/code.json?${query({ client_id: clientId, auth_tran_id: tran, ka: agent() })}`;
      let left = 600;
      const go = (fields) => {
        location.href = `${redirectUri}?${query({ ...fields, state })}`;
        resolve('redirect');
      };
      const ask = async () => {
        if (left-- === 0) return go({ error: 'timeout', error_description: 'LOGIN_TIMEOUT' });
        const answer = await (await fetch(url)).json();
        if (answer.status === 'ok') return go({ code: answer.code });
        if (answer.error_code !== '300')
          return go({ error: answer.error, error_description: answer.error_description });
        setTimeout(() => ask().catch(reject), 1000);
      };
      ask().catch(reject);
    });
  }

  function authorize({ redirectUri, isPopup = false, ...options }) {
    const tran = transactionId();
    const url = `${KAUTH}/oauth/authorize?${query({
      client_id: clientId,
      ...options,
      redirect_uri: redirectUri ?? 'JS-SDK',
      response_type: 'code',
      auth_tran_id: tran,
      ka: agent(),
      is_popup: isPopup,
    })}`;
    if (!isPopup) {
      location.href = url;
      // The page is about to go: stay busy.
      return new Promise(() => {});
    }
    globalThis.open(url, '_blank', 'width=480,height=700,location=no,scrollbars=yes');
    return poll(tran, redirectUri, options.state);
  }

  function request({ url, method = 'GET', data = {} }) {
    return new Promise((resolve, reject) => {
      const isGet = method === 'GET';
      const fields = query(data);
      const xhr = new XMLHttpRequest();
      xhr.open(method, `https://kapi.kakao.com${url}${isGet && fields ? `?${fields}` : ''}`);
      xhr.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
      xhr.setRequestHeader('KA', agent());
      xhr.setRequestHeader('Cache-Control', 'no-cache, no-store, max-age=0, must-revalidate');
      xhr.setRequestHeader('Pragma', 'no-cache');
      xhr.setRequestHeader('Authorization', `Bearer ${accessToken}`);
      xhr.addEventListener('load', () => {
        const body = JSON.parse(xhr.responseText);
        if (xhr.status === 200) resolve(body);
        else reject(new Error(`${xhr.status} ${body.code ?? ''}`));
      });
      xhr.addEventListener('error', () => reject(new Error('network')));
      xhr.send(isGet ? null : fields);
    });
  }

  return {
    VERSION: '2.6.0-stand-in',
    init: (key) => {
      clientId = key;
    },
    Auth: {
      authorize,
      setAccessToken: (token) => {
        accessToken = token;
      },
      getAccessToken: () => accessToken,
    },
    API: { request },
  };
})();
