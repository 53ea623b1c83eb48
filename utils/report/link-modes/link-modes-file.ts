import * as v from 'valibot';
import { objectOf } from '../../model/json.ts';
import { isPlainName } from '../../model/plain-name.ts';
import { ImportError } from '../import/import-error.ts';
import { parseJson } from '../import/import-report.ts';
import { describeMismatch } from '../import/mismatch.ts';
import type { ExpectedName } from '../schema/schema-parts.ts';

const FORMAT = 'linkwatch-link-modes';
const VERSION = 1;
/** Most apps that a file may name. */
const MOST_APPS = 1000;

const expected = (name: ExpectedName): ExpectedName => name;

/** The link mode of one app, as somebody has set it by hand. */
const SetLinkMode = v.object({
  // A masked key stands for no app.
  clientId: v.pipe(
    v.string(),
    v.regex(/^[\w.\-~]{1,80}$/, expected('whole_app_key')),
    v.check(isPlainName, expected('no_reserved')),
  ),
  linkMode: v.picklist(['auto', 'manual']),
});

const LinkModesFile = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  apps: v.pipe(v.array(SetLinkMode), v.maxLength(MOST_APPS)),
});

/** The link mode that was set for an app. */
export type SetLinkMode = v.InferOutput<typeof SetLinkMode>;

/** Writes link modes as a file that a team shares: the same ones give the same text, so that it can be kept under version control. */
export function writeLinkModesFile(modes: readonly SetLinkMode[]): string {
  const apps = modes
    .map(({ clientId, linkMode }) => ({ clientId, linkMode }))
    .sort((a, b) => (a.clientId < b.clientId ? -1 : 1));
  return `${JSON.stringify({ format: FORMAT, version: VERSION, apps }, null, 2)}\n`;
}

/** Reads such a file. Throws an ImportError, which quotes nothing of it. */
export function readLinkModesFile(text: string): SetLinkMode[] {
  const value = parseJson(text);
  const { format, version } = objectOf(value);
  if (format !== FORMAT) throw new ImportError('not-ours');
  if (Number.isInteger(version) && version !== VERSION) throw new ImportError('version', 'version');
  const result = v.safeParse(LinkModesFile, value, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new ImportError('field', v.getDotPath(issue) ?? '', '', describeMismatch(issue));
  }
  const { apps } = result.output;
  const seen = new Set<string>();
  for (const [i, { clientId }] of apps.entries()) {
    if (seen.has(clientId)) throw new ImportError('twice', `apps.${i}.clientId`);
    seen.add(clientId);
  }
  return apps;
}
