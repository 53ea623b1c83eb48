import type { Message, PlainNameIn } from '../i18n/message.ts';

/** What guidance says, not yet put into a language. */
export type Text = Message;

/** Keys know no hyphen. */
const underscored = (id: string): string => id.replaceAll('-', '_');

/**
 * Title or detail of a rule, with what the rule fills in. Neither is known to the compiler: the tests go through every
 * rule in both languages.
 */
export function ruleMessage(
  rule: string,
  part: 'title' | 'detail',
  values: readonly string[],
): Message {
  return fromData(`guidance.rules.${underscored(rule)}.${part}`, values);
}

/** The same without a case at hand: what would be filled in is an ellipsis. */
export const generalRuleMessage = (rule: string, part: 'title' | 'detail'): Message =>
  ruleMessage(
    rule,
    part,
    Array.from({ length: 9 }, () => '…'),
  );

/** What a code of Kakao's means, or what to do about it; `words` as in the tables of codes, which tests go through. */
export function codeMessage(words: string, part: 'meaning' | 'remedy'): Message {
  return fromData(`errors.${words}.${part}`, []);
}

const fromData = (key: string, values: readonly string[]) =>
  (values.length ? [key, values] : [key]) as unknown as Message;

/** Name of a step in `locales/`. */
export type StepName = PlainNameIn<'guidance.steps'>;
/** Name of a cause in `locales/`. */
export type CauseName = PlainNameIn<'guidance.causes'>;

/** A numbered step of a fix. */
export const step = (name: StepName): Message => [`guidance.steps.${name}`];

/** A possible cause, with how to tell it from the others. */
export const cause = (name: CauseName): Message => [`guidance.causes.${name}`];
