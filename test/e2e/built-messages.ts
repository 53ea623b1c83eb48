import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every text of the built extension in a language, by key: `badge_missed`. Those with plurals hold them all. */
export function builtMessages(lang: 'en' | 'ko'): Map<string, string> {
  const file = join(import.meta.dirname, `../../.output/chrome-mv3/_locales/${lang}/messages.json`);
  const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string }>;
  return new Map(Object.entries(messages).map(([key, { message }]) => [key, message]));
}
