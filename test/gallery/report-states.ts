import { STORY_MISS } from './story.ts';

/** What the report page shows: the part of it that the address names. */
export interface ReportPageState {
  hash: string;
  /** What is typed into the search. */
  search?: string;
  /** Selects what is opened before the picture is taken. */
  open?: string;
  /** In pixels. */
  width?: number;
}

/** Every state of the report page, by name. */
export const REPORT_STATES: Readonly<Record<string, ReportPageState>> = {
  'report-logins': { hash: '' },
  'report-login': { hash: `login/${encodeURIComponent(STORY_MISS)}` },
  'report-finding': {
    hash: `login/${encodeURIComponent(STORY_MISS)}`,
    open: '[data-testid="login-findings"] [data-rule]',
  },
  'report-import': { hash: 'import' },
  'report-recipes': { hash: 'recipes' },
  'report-guide': { hash: 'guide' },
  'report-settings': { hash: 'settings' },
  'report-no-match': { hash: '', search: 'nobody' },
  'report-narrow': { hash: '', width: 400 },
  'report-narrow-login': { hash: `login/${encodeURIComponent(STORY_MISS)}`, width: 400 },
  'report-narrow-no-match': { hash: '', search: 'nobody', width: 400 },
};
