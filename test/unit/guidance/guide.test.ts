import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import en from '../../../locales/en.json' with { type: 'json' };
import ko from '../../../locales/ko.json' with { type: 'json' };
import { guideMarkdown } from '../../../utils/guidance/guide-markdown.ts';
import { GUIDE } from '../../../utils/guidance/guide.ts';
import { RULES } from '../../../utils/guidance/rules/index.ts';
import type { Language, Locale } from '../../../utils/i18n/catalogue.ts';
import type { Message } from '../../../utils/i18n/message.ts';
import { translateIn } from '../../../utils/i18n/translate-in.ts';

/** Every message of guidance in a language, by its key. */
function flat(messages: Locale, path = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flat(value as Locale, `${path}${key}.`),
  );
}
const guidance = ({ guidance: g, errors }: typeof en | typeof ko) => flat({ guidance: g, errors });

describe('the Guide', () => {
  test('has every section in both languages, every rule and every place in the console', () => {
    expect(GUIDE.map((s) => s.id)).toEqual([
      'how',
      'calls',
      'tree',
      'sees',
      'koe',
      'api',
      'rules',
      'glossary',
    ]);
    for (const language of ['en', 'ko'] as const) {
      const text = guideMarkdown(translateIn(language));
      for (const rule of RULES) expect(text).toContain(`### \`${rule.id}\``);
      expect(text).toContain('카카오 로그인 > 고급 > 로그인 시 앱 자동 연결');
      expect(text).toContain('KOE9798');
      expect(text).not.toMatch(/\$\d|undefined/);
    }
  });

  test('names the console’s menus in English too for whom reads English', () => {
    const korean = '카카오 로그인 > 고급 > 로그인 시 앱 자동 연결';
    const english = 'Kakao Login > Advanced > Auto-link with an app when logging in';
    expect(guideMarkdown(translateIn('ko'))).toContain(`: ${korean}\n`);
    expect(guideMarkdown(translateIn('en'))).toContain(`: ${english} (${korean})\n`);
  });

  test('leads to Kakao’s documentation in the reader’s language', () => {
    const pages = (language: Language) =>
      guideMarkdown(translateIn(language)).match(/developers\.kakao\.com\/docs\/latest\/\w+/g) ??
      [];
    expect(pages('ko').length).toBeGreaterThan(40);
    expect(pages('en').length).toBe(pages('ko').length);
    expect(new Set(pages('ko'))).toEqual(new Set(['developers.kakao.com/docs/latest/ko']));
    expect(new Set(pages('en'))).toEqual(new Set(['developers.kakao.com/docs/latest/en']));
  });
});

describe('the words of guidance', () => {
  test('every message is used', () => {
    const used = new Set<string>();
    const note = ([key]: Message) => used.add(key);
    const root = join(import.meta.dirname, '../../..');
    const rooms = readdirSync(join(root, 'utils/guidance'), { recursive: true, encoding: 'utf8' })
      .filter((f) => f.endsWith('.ts'))
      .map((f) => join('utils/guidance', f));
    const code = [
      ...rooms,
      'components/shared/findings-list.tsx',
      ...readdirSync(join(root, 'components/report/guide')).map((f) =>
        join('components/report/guide', f),
      ),
    ]
      .map((f) => readFileSync(join(root, f), 'utf8'))
      .join('\n');
    for (const rule of RULES) rule.fix.forEach(note);
    const names = new Set([...code.matchAll(/'([\w.]+)'/g)].map((m) => m[1] ?? ''));
    const rules = new Set(RULES.map((r) => r.id.replaceAll('-', '_')));
    const unused = guidance(en).filter(([key]) => {
      const [, group = '', name = '', part = ''] = key.split('.');
      if (used.has(key) || names.has(key)) return false;
      if (group === 'rules')
        return (
          !rules.has(name) ||
          (!['title', 'detail'].includes(part) && !new RegExp(`\\b${part}\\b`).test(code))
        );
      if (group === 'causes' || group === 'steps') return !names.has(name);
      if (group === 'ui') return !new RegExp(`\\b${name}\\b`).test(code);
      if (group === 'guide')
        return !names.has(`${name}.${part}`) && !names.has(part) && !names.has(name);
      return !(key.startsWith('errors.') || group === 'glossary');
    });
    expect(unused.map(([key]) => key)).toEqual([]);
  });

  const korean = guidance(ko);

  test('Korean is written in 합니다체 throughout', () => {
    // A question may end in 까; a title may be a noun phrase, but a sentence with an end has a formal one.
    const formal = /(니다|시오|니까)[.?)]?$/;
    const sentences = (text: string) =>
      text
        .replace(/`[^`]*`/g, 'X')
        .replace(/ 예\) .*$/, '')
        .split(/(?<=[.?!])\s+/);
    for (const [key, text] of korean) {
      if (
        /^guidance\.(ui|guide\.(title|search|found|code|http|meaning|remedy|unstated|sees\.(can|cannot|redirects|calls|reports|har|server|ownServer|otherHosts|webhooks|bodies|phone)|glossary\..*|\w+\.title))$/.test(
          key,
        )
      )
        continue;
      if (key.startsWith('guidance.ui.')) continue;
      for (const sentence of sentences(text)) {
        if (sentence === 'X' || sentence === 'X.') continue;
        const bare = sentence.replace(/\s*\([^()]*\)(?=[.?]?$)/, '').replace(/: (X|\$\d)$/, '');
        expect(bare, key).toMatch(formal);
      }
      expect(text, key).not.toMatch(/(세요|에요|예요|어요|아요|해요|죠|네요)([.?!]|$)/);
    }
  });

  test('Korean uses the words of the console and of the interface', () => {
    for (const [key, text] of korean) {
      expect(text, key).not.toMatch(/유저|어플|앱 연동|액세스키|어세스/);
    }
  });

  test('nothing is promised that nobody can know', () => {
    for (const [key, text] of guidance(en))
      expect(text, key).not.toMatch(/\bguarantee|\balways works|\bimpossible\b/i);
  });
});
