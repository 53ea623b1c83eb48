import { GLOSSARY } from '../../utils/guidance/glossary.ts';
import { ruleLines } from '../../utils/guidance/guide-markdown.ts';
import { codeRows } from '../../utils/guidance/guide.ts';
import { RULES } from '../../utils/guidance/rules/index.ts';
import { generalRuleMessage } from '../../utils/guidance/text.ts';
import { messageKey } from '../../utils/i18n/message.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import { API_ERRORS } from '../../utils/kakao/api-errors.ts';
import { KOE_ERRORS } from '../../utils/kakao/koe-errors.ts';

/** Where a report's words that are no verdict have their texts. */
const GROUPS = ['because', 'doubt', 'report.seenBecause', 'calls', 'kind'] as const;

/**
 * Explains a word that a report or Kakao uses: an error code, a verdict or another word of the interface, a reason, or the
 * id of a rule. Null where nobody knows it.
 */
export function explain(word: string, t: Translate): string | null {
  const wanted = word.trim().toLowerCase();
  const found = [...ofCode(wanted, t), ...ofWord(wanted, t), ...ofReason(wanted, t)];
  const rule = RULES.find(({ id }) => id === wanted);
  if (rule) found.push(ruleLines(rule, t).join('\n\n'));
  return found.length ? found.join('\n\n') : null;
}

function ofCode(wanted: string, t: Translate): string[] {
  return codeRows([...KOE_ERRORS, ...API_ERRORS], t)
    .filter(({ code }) => code.toLowerCase() === wanted)
    .map(({ code, http, meaning, remedy }) => `${code} (HTTP ${http}): ${meaning}\n${remedy}`);
}

function ofWord(wanted: string, t: Translate): string[] {
  const name = wanted.replaceAll(/[ -]/g, '_');
  return GLOSSARY.filter((w) =>
    [w.name, w.en.toLowerCase(), w.ko].some((n) => n === name || n === wanted),
  ).map((w) => `${w.en} (${w.ko}): ${t(`guidance.glossary.${w.name}`)}`);
}

function ofReason(wanted: string, t: Translate): string[] {
  if (!/^[a-z-]{1,40}$/.test(wanted)) return [];
  const texts = GROUPS.map((group) => messageKey(group, wanted)).filter((key) => t.has(key));
  return [...new Set(texts.map((key) => t(key)))];
}

/** The rules of guidance, a line each. */
export function listRules(t: Translate): string {
  return RULES.map(
    ({ id, severity }) => `${id} (${severity}): ${t(generalRuleMessage(id, 'title'))}`,
  ).join('\n');
}
