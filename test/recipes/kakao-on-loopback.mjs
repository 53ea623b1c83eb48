// Preload of a shop's process: what it sends to Kakao under the real names reaches the emulator at LOOPBACK_PORT,
// certificate checks included; every other host is refused. Hosts in KAKAO_DOWN do not answer.
import net from 'node:net';
import tls from 'node:tls';

const port = Number(process.env.LOOPBACK_PORT);
const down = (process.env.KAKAO_DOWN ?? '').split(',');
const connect = tls.connect;
const connectPlain = net.connect;

tls.connect = (options, ...more) => {
  const name = options.servername || options.host;
  if (!/^(kauth|kapi)\.kakao\.com$/.test(name)) throw new Error(`no way out to ${name}`);
  const target = { host: '127.0.0.1', port: down.includes(name) ? 1 : port, servername: name };
  return connect({ ...options, ...target }, ...more);
};
net.connect = (options, ...more) => {
  if (options.host && options.host !== '127.0.0.1')
    throw new Error(`no way out to ${options.host}`);
  return connectPlain(options, ...more);
};
