import type { Message, PlainNameIn } from '../i18n/message.ts';
import type { Translate } from '../i18n/translate.ts';
import { API_ERRORS } from '../kakao/api-errors.ts';
import { AUTO_LINK, FIXED_USER_ID, type ConsolePlace } from '../kakao/console.ts';
import { DOCS } from '../kakao/docs-links.ts';
import { KOE_ERRORS, type KakaoError } from '../kakao/koe-errors.ts';
import { POLICY } from '../kakao/policy.ts';
import { GLOSSARY } from './glossary.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules/index.ts';
import { codeMessage } from './text.ts';

/** A piece of the Guide. Whoever shows it decides how; what it says is said here. */
export type Block =
  | { kind: 'text'; text: Message }
  | { kind: 'list'; lead: Message | null; items: readonly Message[] }
  | { kind: 'calls'; lead: Message; calls: readonly string[] }
  | { kind: 'question'; ask: Message; answers: readonly Message[]; place: ConsolePlace }
  | { kind: 'codes'; codes: readonly KakaoError[] }
  | { kind: 'rules'; rules: readonly Rule[] }
  | { kind: 'glossary'; words: typeof GLOSSARY };

/** A section of the guide. */
export interface Section {
  id: string;
  title: Message;
  blocks: readonly Block[];
  /** The page of Kakao's that it rests on. */
  docs?: string;
}

const g = (name: PlainNameIn<'guidance.guide'>): Message => [`guidance.guide.${name}`];
const paragraphs = (names: readonly PlainNameIn<'guidance.guide.how'>[]): Block[] =>
  names.map((name) => ({ kind: 'text', text: g(`how.${name}`) }));
const calls = (name: PlainNameIn<'guidance.guide.calls'>, list: readonly string[]): Block => ({
  kind: 'calls',
  lead: g(`calls.${name}`),
  calls: list,
});

/** The Guide, readable without any login: one content for the report page and for `docs/rules.md`. */
export const GUIDE: readonly Section[] = [
  {
    id: 'how',
    title: g('how.title'),
    docs: DOCS.notice,
    blocks: paragraphs(['first', 'complete', 'list', 'cut', 'effect', 'again']),
  },
  {
    id: 'calls',
    title: g('calls.title'),
    docs: DOCS.notice,
    blocks: [
      calls('listed', POLICY.qualifying),
      calls('signup', [`${POLICY.signup.method} ${POLICY.signup.path}`]),
      calls('unconfirmed', POLICY.unconfirmed),
      calls('never', POLICY.never),
    ],
  },
  {
    id: 'tree',
    title: g('tree.title'),
    docs: DOCS.userIds,
    blocks: [
      {
        kind: 'question',
        ask: g('tree.option'),
        answers: [g('tree.optionNo'), g('tree.optionOn'), g('tree.optionOff')],
        place: AUTO_LINK,
      },
      { kind: 'text', text: g('tree.cannot') },
      {
        kind: 'question',
        ask: g('tree.age'),
        answers: [g('tree.ageYes'), g('tree.ageNo')],
        place: FIXED_USER_ID,
      },
    ],
  },
  {
    id: 'sees',
    title: g('sees.title'),
    blocks: [
      {
        kind: 'list',
        lead: g('sees.can'),
        items: [g('sees.redirects'), g('sees.calls'), g('sees.reports'), g('sees.har')],
      },
      {
        kind: 'list',
        lead: g('sees.cannot'),
        items: [
          g('sees.server'),
          g('sees.ownServer'),
          g('sees.otherHosts'),
          g('sees.webhooks'),
          g('sees.bodies'),
          g('sees.phone'),
        ],
      },
      { kind: 'text', text: g('sees.kept') },
    ],
  },
  {
    id: 'koe',
    title: g('koe.title'),
    docs: DOCS.errors,
    blocks: [
      { kind: 'text', text: g('koe.intro') },
      { kind: 'codes', codes: KOE_ERRORS },
    ],
  },
  {
    id: 'api',
    title: g('api.title'),
    docs: DOCS.apiErrors,
    blocks: [
      { kind: 'text', text: g('api.intro') },
      { kind: 'codes', codes: API_ERRORS },
    ],
  },
  {
    id: 'rules',
    title: g('rules.title'),
    blocks: [
      { kind: 'text', text: g('rules.intro') },
      { kind: 'rules', rules: RULES },
    ],
  },
  {
    id: 'glossary',
    title: g('glossary.title'),
    blocks: [{ kind: 'glossary', words: GLOSSARY }],
  },
];

/** A code as the Guide's table shows it. */
export interface CodeRow {
  code: string;
  http: string;
  meaning: string;
  remedy: string;
}

/** The rows of a table of codes in a language; of them only those that hold every word of a search. */
export function codeRows(codes: readonly KakaoError[], t: Translate, search = ''): CodeRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return codes
    .map(({ code, http, words: name }) => ({
      code: String(code),
      http: http.length ? http.join(', ') : t('guidance.guide.unstated'),
      meaning: t(codeMessage(name, 'meaning')),
      remedy: t(codeMessage(name, 'remedy')),
    }))
    .filter((row) => {
      const text = Object.values(row).join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    });
}
