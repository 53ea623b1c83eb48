// A back end on node:http alone that makes the calls it is told to, and answers in the way it is told to: for what
// frameworks do at the edges. `POST /` with {via, paths, token, answer}; its body is read by `data` and `end`.
import http from 'node:http';
import https from 'node:https';

// One socket for all: the second visitor's call waits for the first one's.
const narrow = new https.Agent({ maxSockets: 1, keepAlive: true });

const callers = {
  fetch: async (url, init) => {
    const response = await fetch(url, init);
    return response.text();
  },
  https: (url, { method, headers }) =>
    new Promise((done, fail) => {
      const outgoing = https.request(url, { method, headers, agent: narrow }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => done(text));
      });
      outgoing.on('error', fail);
      outgoing.end();
    }),
};

const OWN = 'db;dur=53;desc="a, b"';
const answers = {
  end: (response) => response.end('done'),
  redirect: (response) => response.writeHead(302, { location: '/next' }).end(),
  phrase: (response) => response.writeHead(200, 'Fine').end(),
  own: (response) => response.setHeader('server-timing', OWN).end(),
  'own twice': (response) => response.setHeader('Server-Timing', [OWN, 'app']).end(),
  'own at once': (response) => response.writeHead(200, 'OK', { 'server-timing': OWN }).end(),
  'own, then more': (response) =>
    response.setHeader('Server-Timing', OWN).writeHead(200, { 'x-more': '1' }).end(),
  'own in a list': (response) =>
    response.writeHead(200, ['Server-Timing', OWN, 'x-more', '1']).end(),
  'a list': (response) => response.writeHead(200, ['x-more', '1']).end(),
  'own, then a list': (response) =>
    response.setHeader('Server-Timing', OWN).writeHead(200, ['x-more', '1']).end(),
  flush: (response) => {
    response.flushHeaders();
    response.end();
  },
};

async function serve(request, response, text) {
  const { via, paths, token, answer } = text ? JSON.parse(text) : { paths: [], answer: 'end' };
  if (answer === 'early') response.write('first');
  if (answer === 'background') response.end('done');
  const results = [];
  for (const path of paths) {
    const [method, rest, ...own] = path.split(' ');
    const init = { method, headers: { authorization: own.join(' ') || `Bearer ${token}` } };
    const url = `https://${rest.startsWith('/oauth') ? 'kauth' : 'kapi'}.kakao.com${rest}`;
    results.push(await callers[via](url, init).catch((error) => JSON.stringify(error.message)));
  }
  if (answer === 'early') response.end();
  else if (answer === 'results') response.end(`[${results}]`);
  else answers[answer]?.(response);
}

const server = http.createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => void serve(request, response, text));
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());
