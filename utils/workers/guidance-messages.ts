import type { Finding } from '../guidance/rule.ts';

/** What the popup asks of the guidance worker: the findings about these logins at an instant (epoch ms). */
export interface GuidanceRequest {
  logins: readonly string[];
  at: number;
}

/** The findings, worst first. */
export type GuidanceResponse = readonly Finding[];
