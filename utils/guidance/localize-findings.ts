import type { Message } from '../i18n/message.ts';
import type { Translate } from '../i18n/translate.ts';
import { menuPath } from '../kakao/console.ts';
import { docsIn } from '../kakao/docs-links.ts';
import { observationText } from './observation-message.ts';
import type { GuidanceInput } from './rule-context.ts';
import type { Severity } from './rule.ts';
import { runRules } from './run-rules.ts';

/** A finding in words, for documents. */
export interface LocalizedFinding {
  rule: string;
  severity: Severity;
  login: string | null;
  clientId: string | null;
  title: string;
  detail: string;
  /** Possible causes, likeliest first. */
  causes: string[];
  fix: string[];
  /** Menu path in Kakao's console. */
  console: string | null;
  docs: string;
  /** Ids of observations. */
  evidence: string[];
  /** What the latest of them are. `at` is epoch ms. */
  observed: { at: number; what: string }[];
}

/** Guidance on a context at an instant (epoch ms), worst first, without what the tester silenced. */
export type LocalizeFindings = (context: GuidanceInput, now: number) => LocalizedFinding[];

/** Guidance in the language of a translation. */
export function createFindingLocalizer(t: Translate): LocalizeFindings {
  // Most of what is said has nothing to fill in, and is said of thousands of logins.
  const ofKey = new Map<string, string>();
  const inWords = (message: Message): string => {
    const [key, ...values] = message;
    const known = values.length ? undefined : ofKey.get(key);
    const words = known ?? plain(t(message));
    if (!values.length) ofKey.set(key, words);
    return words;
  };
  return (context, now) =>
    runRules(context, now)
      .filter((f) => !f.silenced)
      .map(({ rule, severity, login, clientId, title, detail, causes, fix, place, ...f }) => ({
        rule,
        severity,
        login,
        clientId,
        title: inWords(title),
        detail: inWords(detail),
        causes: causes.map(inWords),
        fix: fix.map(inWords),
        console: place ? menuPath(place, t.language) : null,
        docs: docsIn(t.language, f.docs),
        evidence: [...f.evidence],
        observed: f.observed.map((o) => ({ at: o.at, what: plain(observationText(o, t)) })),
      }));
}

/** Documents show code as it is. */
const plain = (text: string) => text.replaceAll('`', '');
