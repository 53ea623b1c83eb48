import { html, type Answer } from './exchange.ts';

/**
 * The hidden frame of SDK v1 (`kapi/cors/`, login widget): takes requests by message from the page
 * named in `xdm_e`, makes them from Kakao's own origin, so without a preflight, and sends back the result.
 */
export const relayFrame = (): Answer =>
  html(`<!doctype html><meta charset="utf-8"><title>relay</title><script>
(() => {
  const query = new URLSearchParams(location.search);
  const channel = query.get('xdm_c');
  const site = query.get('xdm_e');
  const say = (message) => parent.postMessage(channel + ' ' + JSON.stringify(message), site);
  addEventListener('message', async ({ origin, data }) => {
    if (origin !== site || typeof data !== 'string' || !data.startsWith(channel + ' ')) return;
    const { id, params } = JSON.parse(data.slice(channel.length + 1));
    const { method, url, headers, data: fields } = params;
    const form = new URLSearchParams(fields || {});
    const isGet = method === 'GET';
    const target = isGet && form.size ? url + '?' + form : url;
    try {
      const response = await fetch(target, { method, headers, body: isGet ? undefined : form });
      say({ id, status: response.status, text: await response.text() });
    } catch (error) {
      say({ id, status: 0, text: String(error) });
    }
  });
  say({ ready: true });
})();
</script>`);
