/**
 * Writes the documents that are made from code and from `locales/`: the Guide in each language and the report's JSON
 * Schema. `npm run generate`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { format } from 'oxfmt';
import { guideMarkdown } from '../utils/guidance/guide-markdown.ts';
import { translateIn } from '../utils/i18n/translate-in.ts';
import { ReportSchema } from '../utils/report/schema/report-schema.ts';

const ROOT = join(import.meta.dirname, '..');

/** The generated documents as they should be, formatted, by their path from the project's root. */
export async function generatedDocuments(): Promise<Map<string, string>> {
  const documents = [
    ['docs/rules.md', guideMarkdown(translateIn('en'))],
    ['docs/rules.ko.md', guideMarkdown(translateIn('ko'))],
    ['docs/report.schema.json', reportSchema()],
  ] as const;
  return new Map(
    await Promise.all(
      documents.map(async ([path, text]) => [path, await formatted(path, text)] as const),
    ),
  );
}

function reportSchema(): string {
  const schema = toJsonSchema(ReportSchema, {
    target: 'draft-2020-12',
    // What JSON Schema cannot say: that counts add up, that days exist, that names are not reserved.
    ignoreActions: ['check'],
  });
  const { $schema, ...rest } = schema;
  return JSON.stringify({
    $schema,
    title: 'Linkwatch report, version 1',
    description: 'See report.md beside this file. Fields are added, never renamed.',
    ...rest,
  });
}

async function formatted(path: string, text: string): Promise<string> {
  const { singleQuote, printWidth } = JSON.parse(readFileSync(join(ROOT, '.oxfmtrc.json'), 'utf8'));
  const { code, errors } = await format(path, text, { singleQuote, printWidth });
  if (errors.length) throw new Error(`${path}: ${errors[0]?.message}`);
  return code;
}

if (import.meta.main)
  for (const [path, text] of await generatedDocuments()) writeFileSync(join(ROOT, path), text);
