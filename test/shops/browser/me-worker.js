// Dedicated or shared worker that calls /v2/user/me for the page.
const answer = async ({ data, ports: [reply] }) => {
  try {
    const response = await fetch('https://kapi.kakao.com/v2/user/me', {
      headers: { Authorization: `Bearer ${data.access}` },
    });
    reply.postMessage({ status: response.status });
  } catch (error) {
    reply.postMessage({ message: String(error) });
  }
};
globalThis.addEventListener('message', answer);
globalThis.addEventListener('connect', ({ ports: [port] }) => {
  port.addEventListener('message', answer);
  port.start();
});
