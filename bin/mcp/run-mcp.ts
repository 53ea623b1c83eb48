import type { Readable } from 'node:stream';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type CallToolResult,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import * as v from 'valibot';
import manifest from '../../package.json' with { type: 'json' };
import { translateIn } from '../../utils/i18n/translate-in.ts';
import { oneLine } from '../problem.ts';
import { explain, listRules } from './explain.ts';

const file = v.pipe(v.string(), v.minLength(1), v.notValue('-'));
const Files = v.pipe(v.array(file), v.minLength(1), v.maxLength(1000));
const Language = v.optional(v.picklist(['en', 'ko']), 'en');
const CheckInput = v.strictObject({
  files: Files,
  at: v.optional(v.string()),
  server: v.optional(Files),
  link_modes: v.optional(v.array(v.string())),
  format: v.optional(v.picklist(['text', 'md', 'json']), 'text'),
  strict: v.optional(v.boolean(), false),
  expect_first: v.optional(v.number()),
  language: Language,
});
const ExplainInput = v.strictObject({
  word: v.pipe(v.string(), v.minLength(1)),
  language: Language,
});
const ListInput = v.strictObject({ language: Language });

const language = { enum: ['en', 'ko'], description: 'Language of the answer; default en.' };
const paths = (description: string) => ({ type: 'array', items: { type: 'string' }, description });
const annotations = { readOnlyHint: true, openWorldHint: false };

const TOOLS: Tool[] = [
  {
    name: 'check_files',
    annotations,
    description:
      'Says of each first Kakao login in HAR files or Linkwatch reports whether its sign-up was completed in time, why, and what to do. Reads only the files named; secrets in them never come out.',
    inputSchema: {
      type: 'object',
      properties: {
        files: paths(
          'Paths or patterns of HAR files or reports, from where the server was started.',
        ),
        at: {
          type: 'string',
          description:
            'Instant of judgement, such as 2026-11-23T04:00:00Z, or so many hours after what was recorded last: +25h. Default: now.',
        },
        server: paths(
          'What the back end recorded of its calls: a proxy’s HAR, or OTLP/JSON spans.',
        ),
        link_modes: paths('APP=auto or APP=manual for an app by its key.'),
        format: { enum: ['text', 'md', 'json'], description: 'Default: text.' },
        strict: {
          type: 'boolean',
          description: 'Also fail on what is pending, unseen or in doubt.',
        },
        expect_first: { type: 'integer', description: 'How many first logins there must be.' },
        language,
      },
      required: ['files'],
      additionalProperties: false,
    },
  },
  {
    name: 'explain',
    annotations,
    description:
      'Explains a word: an error code of Kakao’s (KOE320, -402), a verdict (missed, unseen), a reason in a report (not-visible), or the id of a rule (token-only).',
    inputSchema: {
      type: 'object',
      properties: { word: { type: 'string' }, language },
      required: ['word'],
      additionalProperties: false,
    },
  },
  {
    name: 'list_rules',
    annotations,
    description: 'Lists the rules by which Linkwatch finds what is wrong with a Kakao login.',
    inputSchema: { type: 'object', properties: { language }, additionalProperties: false },
  },
];

const EXIT_CODES = [
  'a first login was judged, and none was missed',
  'a first login was missed or late, or with strict not surely complete',
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

/** Serves the Model Context Protocol on standard input and output, until they are closed or the user ends it. */
export async function runMcp(ports: McpPorts): Promise<void> {
  const server = new Server(
    { name: 'linkwatch', version: manifest.version },
    { capabilities: { tools: {} } },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    try {
      return await callTool(params.name, params.arguments ?? {}, ports.run);
    } catch (error) {
      if (!v.isValiError(error)) throw error;
      const [issue] = error.issues;
      return answer(`${v.getDotPath(issue) ?? 'arguments'}: ${oneLine(issue.message)}`, true);
    }
  });
  const closed = new Promise<void>((done) => ports.stdin.once('end', done).once('close', done));
  await server.connect(new StdioServerTransport());
  await Promise.race([closed, ports.untilStopped()]);
  await server.close();
}
