/**
 * Writes what is made from other files: the reports' words (`utils/report/texts.ts`, from `locales/`) and the report's
 * JSON Schema (`docs/report.schema.json`, from the code that checks imports). `node scripts/report-files.ts`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';
import { ReportSchema } from '../utils/report/schema/report-schema.ts';

const ROOT = join(import.meta.dirname, '..');
/** The parts of a locale that reports speak with. */
const SECTIONS = ['lang', 'report', 'verdict', 'because', 'kind', 'calls', 'source'] as const;

/** What a document says around a finding; the rest of these words is for controls. */
const ADVICE = [
  'error',
  'warning',
  'info',
  'causes',
  'steps',
  'console',
  'docs',
  'evidence',
] as const;

type Section = Record<string, unknown>;

function words(language: string): Section {
  const all = parse(readFileSync(join(ROOT, `locales/${language}.yml`), 'utf8')) as Section;
  const { ui } = all['guidance'] as { ui: Section };
  return {
    ...Object.fromEntries(SECTIONS.map((name) => [name, all[name]])),
    advice: Object.fromEntries(ADVICE.map((name) => [name, ui[name]])),
  };
}

async function textsFile(): Promise<string> {
  return `// Made from locales/ by scripts/report-files.ts. Change the words there.

/** The words of reports in one language. \`$1\` stands for a value; \`1\` and \`n\` are singular and plural. */
export type Texts = typeof en;

export type Language = 'en' | 'ko';

const en = ${JSON.stringify(words('en'))};

const ko: Texts = ${JSON.stringify(words('ko'))};

export const TEXTS: Record<Language, Texts> = { en, ko };
`;
}

async function schemaFile(): Promise<string> {
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

/** The files as they should be, by their path from the project's root. */
export async function reportFiles(): Promise<Record<string, string>> {
  const made = {
    'utils/report/texts.ts': await textsFile(),
    'docs/report.schema.json': await schemaFile(),
  };
  const files: Record<string, string> = {};
  for (const [path, text] of Object.entries(made)) {
    const filepath = join(ROOT, path);
    files[path] = await format(text, { ...(await resolveConfig(filepath)), filepath });
  }
  return files;
}

if (import.meta.main)
  for (const [path, text] of Object.entries(await reportFiles()))
    writeFileSync(join(ROOT, path), text);
