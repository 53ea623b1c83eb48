// The shop on SDK v1: login in a popup that gives the token by message, calls from Kakao's frame.
const { config, options, run, wireCalls, on, write } = globalThis.shop;
const clientId = options.get('app') ?? config.clientId;

Kakao.init(clientId);
write(`app ${clientId}`);

on(
  'login',
  () =>
    new Promise((success, fail) => {
      Kakao.Auth.login({
        prompts: options.get('prompt'),
        scope: options.get('scope'),
        success: () => success('token'),
        fail,
      });
    }),
);
wireCalls(async (method, path) => {
  await Kakao.API.request({ url: path, method });
  return '200';
});
for (const id of (options.get('calls') ?? '').split(',').filter(Boolean))
  globalThis.addEventListener('load', () =>
    run('ready', () => document.getElementById(id).click()),
  );
