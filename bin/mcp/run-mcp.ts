import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type CallToolResult,
} from '@modelcontextprotocol/sdk/types.js';
import * as v from 'valibot';
import manifest from '../../package.json' with { type: 'json' };
import { translateIn } from '../../utils/i18n/translate-in.ts';
import { oneLine } from '../problem.ts';
import { explain, listRules } from './explain.ts';
import { CheckInput, ExplainInput, ListInput, TOOLS } from './tools.ts';

const EXIT_CODES = [
  'a first login was judged, and none was missed',
  'a first login was missed or late, or with strict unseen, pending or in doubt',
  'wrong usage, or a file that cannot be read',
  'no first login was judged, or not as many as expected',
] as const;

/** What the server needs of the command line. */
export interface McpPorts {
  stdin: Readable;
  /** Waits until the user ends the command. */
  untilStopped: () => Promise<void>;
  /** Runs a command that has no standard input; what it says comes to `out` and `error`. Returns its exit code. */
  run: (
    args: string[],
    said: { out: (text: string) => void; error: (line: string) => void },
  ) => Promise<0 | 1 | 2 | 3>;
}

const answer = (text: string, isError = false): CallToolResult => ({
  content: [{ type: 'text', text }],
  isError,
});

/** Runs `linkwatch check` as the command line would, and gives what it said. */
async function checkFiles(given: unknown, run: McpPorts['run']): Promise<CallToolResult> {
  const input = v.parse(CheckInput, given);
  const args = ['check', '--format', input.format, '--lang', input.language];
  if (input.at !== undefined) args.push(`--at=${input.at}`);
  if (input.expect_first !== undefined) args.push(`--expect-first=${input.expect_first}`);
  if (input.strict) args.push('--strict');
  for (const mode of input.link_modes ?? []) args.push(`--link-mode=${mode}`);
  for (const path of input.server ?? []) args.push(`--server=${path}`);
  let out = '';
  const said: string[] = [];
  const code = await run([...args, '--', ...input.files], {
    out: (text) => (out += text),
    error: (line) => said.push(line),
  });
  const text = [out, ...said, `Exit code ${code}: ${EXIT_CODES[code]}.`].filter(Boolean).join('\n');
  return { ...answer(text, code === 2), structuredContent: { exitCode: code } };
}

async function callTool(
  name: string,
  given: unknown,
  run: McpPorts['run'],
): Promise<CallToolResult> {
  if (name === 'check_files') return checkFiles(given, run);
  if (name === 'list_rules')
    return answer(listRules(translateIn(v.parse(ListInput, given).language)));
  if (name !== 'explain') return answer(`There is no tool ${oneLine(name)}.`, true);
  const { word, language: wanted } = v.parse(ExplainInput, given);
  const text = explain(word, translateIn(wanted));
  return text === null
    ? answer(`Nothing is known of ${oneLine(word)}. list_rules gives the rules.`, true)
    : answer(text);
}

/** The answer to a call whose arguments do not fit; throws every other error. */
function refusal(error: unknown): CallToolResult {
  if (!v.isValiError(error)) throw error;
  const [issue] = error.issues;
  return answer(`${v.getDotPath(issue) ?? 'arguments'}: ${oneLine(issue.message)}`, true);
}

/** Serves the Model Context Protocol on standard input and output, until they are closed or the user ends it. */
export async function runMcp(ports: McpPorts): Promise<void> {
  const server = new Server(
    { name: 'linkwatch', version: manifest.version },
    { capabilities: { tools: {} } },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS }));
  const unanswered = new Set<Promise<CallToolResult>>();
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
    const call = callTool(params.name, params.arguments ?? {}, ports.run).catch(refusal);
    unanswered.add(call);
    return call.finally(() => unanswered.delete(call));
  });
  const closed = new Promise<void>((done) => ports.stdin.once('end', done).once('close', done));
  await server.connect(new StdioServerTransport());
  // Who pipes requests in has closed its end before the files are read.
  const answered = closed.then(() => Promise.allSettled(unanswered)).then(() => setImmediate());
  await Promise.race([answered, ports.untilStopped()]);
  await server.close();
}
