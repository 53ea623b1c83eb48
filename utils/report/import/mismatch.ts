import type { BaseIssue } from 'valibot';
import type { Message } from '../../i18n/message.ts';
import type { ExpectedName } from '../schema/schema-parts.ts';

/** What a field of a file should hold, and what it holds instead: only the type and the length of that, never the value. */
export interface Mismatch {
  expected: Message;
  found: Message;
}

const OWN_WORDS: readonly ExpectedName[] = [
  'app_key',
  'code',
  'count',
  'epoch',
  'hours',
  'instant',
  'method',
  'no_reserved',
  'origin',
  'real_instant',
  'status',
  'whole_app_key',
  'window',
];

const TYPES: Partial<Record<string, ExpectedName>> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
  variant: 'object',
};

/** Describes why a field does not pass the schema. */
export function describeMismatch(issue: BaseIssue<unknown>): Mismatch {
  return { expected: expectedOf(issue), found: describeValue(issue.input) };
}

/** Names the type of a value out of a file, and how long it is. */
export function describeValue(value: unknown): Message {
  if (Array.isArray(value)) return ['report.found.list', [String(value.length)]];
  if (value === null) return ['report.found.null'];
  switch (typeof value) {
    case 'string':
      return ['report.found.text', [String(value.length)]];
    case 'number':
      return ['report.found.number'];
    case 'boolean':
      return ['report.found.boolean'];
    case 'object':
      return ['report.found.object', [String(Object.keys(value).length)]];
    default:
      return ['report.found.nothing'];
  }
}

function expectedOf({ type, expected, input, message, ...issue }: BaseIssue<unknown>): Message {
  const own = OWN_WORDS.find((name) => name === message);
  if (own) return [`report.expected.${own}`];
  const limit = 'requirement' in issue ? String(issue.requirement) : '';
  if (type === 'max_length')
    return Array.isArray(input)
      ? ['report.expected.short_list', [limit]]
      : ['report.expected.short_text', [limit]];
  if (type === 'min_length') return ['report.expected.some_text'];
  const words = expected?.match(/"[^"]+"/g)?.map((word) => word.slice(1, -1)) ?? [];
  // An object says of a field that is missing which one it is, as the path does.
  if (words.length && type !== 'object') return ['report.expected.one_of', [words.join(', ')]];
  if (input === undefined) return ['report.expected.value'];
  if (type === 'literal') return ['report.expected.one_of', [String(expected)]];
  return [`report.expected.${TYPES[type] ?? 'value'}`];
}
