import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import * as v from 'valibot';

const file = v.pipe(v.string(), v.minLength(1), v.notValue('-'));
const Files = v.pipe(v.array(file), v.minLength(1), v.maxLength(1000));
const Language = v.optional(v.picklist(['en', 'ko']), 'en');

/** What `check_files` is given. */
export const CheckInput = v.strictObject({
  files: Files,
  at: v.optional(v.string()),
  server: v.optional(Files),
  link_modes: v.optional(v.array(v.string())),
  format: v.optional(v.picklist(['text', 'md', 'json']), 'text'),
  strict: v.optional(v.boolean(), false),
  expect_first: v.optional(v.number()),
  language: Language,
});

/** What `explain` is given. */
export const ExplainInput = v.strictObject({
  word: v.pipe(v.string(), v.minLength(1)),
  language: Language,
});

/** What `list_rules` is given. */
export const ListInput = v.strictObject({ language: Language });

const language = { enum: ['en', 'ko'], description: 'Language of the answer; default en.' };
const paths = (description: string) => ({ type: 'array', items: { type: 'string' }, description });
const annotations = { readOnlyHint: true, openWorldHint: false };

/** The tools, as an agent is told of them. */
export const TOOLS: Tool[] = [
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
