// What all sample shops share: the log, the state that tests wait on, and the call buttons.
(() => {
  const log = document.getElementById('log');
  const write = (line) => {
    log.textContent += `${line}\n`;
  };
  const setState = (state) => {
    document.body.dataset.state = state;
  };

  /** Runs one action: busy, then done or error. Actions run one after another. */
  let queue = Promise.resolve();
  const run = (name, action) => {
    setState('busy');
    queue = queue.then(async () => {
      setState('busy');
      try {
        const result = await action();
        write(`${name} ${result ?? 'ok'}`);
        setState('done');
      } catch (error) {
        write(`${name} failed ${error?.message ?? JSON.stringify(error)}`);
        setState('error');
      }
    });
    return queue;
  };

  globalThis.shop = {
    config: JSON.parse(document.getElementById('config').textContent),
    options: new URLSearchParams(location.search),
    write,
    setState,
    run,
    /** Ties every button with `data-call="METHOD PATH"` to `call(method, path)`. */
    wireCalls(call) {
      for (const button of document.querySelectorAll('button[data-call]')) {
        const [method, path] = button.dataset.call.split(' ');
        button.addEventListener('click', () => run(button.dataset.call, () => call(method, path)));
      }
    },
    on(id, action) {
      document.getElementById(id)?.addEventListener('click', () => run(id, action));
    },
  };
})();
