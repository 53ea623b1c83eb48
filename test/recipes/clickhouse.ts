import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

export const TEAM = join(import.meta.dirname, '../../docs/recipes/team');
/** Names of the queries, as their files are called. */
export const QUERIES = ['misses', 'time-to-call', 'unseen', 'flaky', 'findings'] as const;

const PROGRAM = 'clickhouse-server';
const READY_MS = 60_000;

/** Why no database can be started on this machine; null when one can. */
export const whyNoClickHouse = (): string | null =>
  spawnSync('which', [PROGRAM]).status === 0 ? null : `on Debian: apt-get install ${PROGRAM}`;

export interface ClickHouse {
  /** Runs a statement; gives its rows. Throws the server's words. */
  ask(sql: string): Promise<Record<string, unknown>[]>;
  /** Loads lines of JSON into a table. */
  load(table: string, lines: string | AsyncIterable<string>): Promise<void>;
  close(): Promise<void>;
}

/** A query of docs/recipes/team by its name. */
export const queryText = (name: (typeof QUERIES)[number]) =>
  readFileSync(join(TEAM, `queries/${name}.sql`), 'utf8');

/** Starts Debian's ClickHouse on loopback with an empty folder and the team's tables in it, and nothing else set. */
export async function startClickHouse(): Promise<ClickHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-clickhouse-'));
  const [http, tcp] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'config.xml'), configuration(folder, http, tcp));
  writeFileSync(join(folder, 'users.xml'), USERS);
  const args = [`--config-file=${join(folder, 'config.xml')}`];
  const server = spawn(PROGRAM, args, { stdio: 'ignore' });
  const ended = once(server, 'exit');
  const send = (body: string | AsyncIterable<string>, query = '') => post(http, query, body);
  const close = async () => {
    server.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(http, server);
    for (const statement of statements()) await send(statement);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ask: async (sql) =>
      (await send(`${sql}\nFORMAT JSONEachRow`))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    load: async (table, lines) => {
      await send(lines, `INSERT INTO ${table} FORMAT JSONEachRow`);
    },
    close,
  };
}

function statements(): string[] {
  const tables = readFileSync(join(TEAM, 'tables.sql'), 'utf8').replaceAll(/^ *--.*$/gm, '');
  return tables.split(';').filter((statement) => statement.trim());
}

/** Sends a statement, or what a statement is to read. Throws the server's words. */
async function post(
  port: number,
  query: string,
  body: string | AsyncIterable<string>,
): Promise<string> {
  const path = `/?query=${encodeURIComponent(query)}`;
  const outgoing = request({ host: '127.0.0.1', port, path, method: 'POST' });
  const answered = once(outgoing, 'response');
  const [, [incoming]] = await Promise.all([
    pipeline(typeof body === 'string' ? [body] : body, outgoing),
    answered as Promise<[IncomingMessage]>,
  ]);
  const answer = await text(incoming);
  if (incoming.statusCode !== 200) throw new Error(answer.slice(0, 1000));
  return answer;
}

async function untilReady(port: number, server: { exitCode: number | null }): Promise<void> {
  const end = Date.now() + READY_MS;
  while (server.exitCode === null && Date.now() < end) {
    const isUp = await post(port, '', 'SELECT 1').then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await pause(100);
  }
  throw new Error(`${PROGRAM} did not come up`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

const configuration = (folder: string, http: number, tcp: number) => `<yandex>
  <logger><level>error</level><console>1</console></logger>
  <listen_host>127.0.0.1</listen_host>
  <http_port>${http}</http_port><tcp_port>${tcp}</tcp_port>
  <path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path>
  <user_files_path>${folder}/files/</user_files_path><format_schema_path>${folder}/formats/</format_schema_path>
  <users_config>users.xml</users_config><default_profile>default</default_profile>
  <default_database>default</default_database><mark_cache_size>268435456</mark_cache_size>
</yandex>`;

const USERS = `<yandex>
  <profiles><default/></profiles><quotas><default/></quotas>
  <users><default>
    <password></password><networks><ip>127.0.0.1</ip></networks>
    <profile>default</profile><quota>default</quota>
  </default></users>
</yandex>`;
