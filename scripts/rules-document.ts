import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { guideMarkdown } from '../utils/guidance/guide-markdown.ts';
import { readLocale, sayIn, type Language } from './read-locale.ts';

const docs = (name: string) => join(import.meta.dirname, '../docs', name);

/** Where the Guide is written to, per language. */
export const RULES_DOCUMENTS: readonly { language: Language; file: string }[] = [
  { language: 'en', file: docs('rules.md') },
  { language: 'ko', file: docs('rules.ko.md') },
];

/** The Guide in a language as it stands in `docs/`, formatted like everything else there. */
export async function rulesDocument(language: Language): Promise<string> {
  const options = await resolveConfig(docs('rules.md'));
  return format(guideMarkdown(sayIn(language)), { ...options, parser: 'markdown' });
}

/** Where the words of guidance stand for programs without the browser's catalogue. */
export const TEXTS_FILE = join(import.meta.dirname, '../utils/guidance/texts.ts');

/** The words of guidance as code. */
export async function textsFile(): Promise<string> {
  const words = (language: Language) => {
    const { guidance, errors } = readLocale(language);
    return JSON.stringify({ guidance, errors });
  };
  const code = `// Made from locales/ by scripts/write-rules.ts. Change the words there.
import type { Messages } from './text.ts';

/** What guidance says, for programs without the browser's own catalogue. */
export const GUIDANCE_TEXTS: Record<'en' | 'ko', Messages> = {
  en: ${words('en')},
  ko: ${words('ko')},
};
`;
  const options = await resolveConfig(TEXTS_FILE);
  return format(code, { ...options, parser: 'typescript' });
}
