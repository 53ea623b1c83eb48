import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { author, homepage, version } from '../../package.json' with { type: 'json' };
import { built, TARGETS, type Target } from './built.ts';

const read = (target: Target) =>
  JSON.parse(readFileSync(join(built(target), 'manifest.json'), 'utf8')) as Record<string, unknown>;

const permissions = ['webRequest', 'storage', 'alarms', 'activeTab'];

const shared = {
  manifest_version: 3,
  name: '__MSG_extName__',
  description: '__MSG_extDescription__',
  version,
  default_locale: 'en',
  homepage_url: homepage,
  icons: {
    16: 'icon/16.png',
    32: 'icon/32.png',
    48: 'icon/48.png',
    96: 'icon/96.png',
    128: 'icon/128.png',
  },
  host_permissions: ['https://kauth.kakao.com/*', 'https://kapi.kakao.com/*'],
  optional_permissions: ['notifications'],
  optional_host_permissions: ['https://*/*', 'http://*/*'],
  commands: {
    _execute_action: { suggested_key: { default: 'Alt+Shift+K' } },
    'toggle-recording': {
      suggested_key: { default: 'Alt+Shift+P' },
      description: '__MSG_command_toggleRecording__',
    },
    'mark-step': {
      suggested_key: { default: 'Alt+Shift+M' },
      description: '__MSG_command_markStep__',
    },
  },
  options_ui: { page: 'report.html#settings', open_in_tab: true },
  devtools_page: 'devtools.html',
  action: { default_title: 'Linkwatch', default_popup: 'popup.html' },
};

/** The content security policy of the pages, which only these addresses may show in frames. */
const policy = (framedBy: string) => ({
  extension_pages: `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors ${framedBy}`,
});

describe('manifest: exactly what is documented', () => {
  test('Chrome', () =>
    expect(read('chrome')).toEqual({
      ...shared,
      content_security_policy: policy('devtools:'),
      permissions: [...permissions, 'sidePanel'],
      side_panel: { default_path: 'sidepanel.html' },
      minimum_chrome_version: '129',
      incognito: 'split',
      background: { service_worker: 'background.js' },
    }));

  test('Firefox', () =>
    expect(read('firefox')).toEqual({
      ...shared,
      author,
      content_security_policy: policy("'none'"),
      permissions,
      sidebar_action: {
        default_panel: 'sidepanel.html',
        default_title: 'Linkwatch',
        open_at_install: false,
      },
      background: { scripts: ['background.js'] },
      browser_specific_settings: {
        gecko: {
          id: '{f73af188-c60c-4767-a3ea-50f1e010277c}',
          strict_min_version: '140.0',
          data_collection_permissions: { required: ['none'] },
        },
      },
    }));

  test.each(TARGETS)('every permission of %s is explained in the documents', (target) => {
    const m = read(target);
    const doc = readFileSync(join(import.meta.dirname, '../../docs/permissions.md'), 'utf8');
    const names = [
      'permissions',
      'optional_permissions',
      'host_permissions',
      'optional_host_permissions',
    ];
    for (const name of names.flatMap((n) => m[n] as string[]))
      expect(doc, name).toContain(`\`${name}\``);
  });

  test.each(['en', 'ko'])(
    'summary in the stores (%s): neither too short nor too long',
    (locale) => {
      const file = join(built('chrome'), '_locales', locale, 'messages.json');
      const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<
        string,
        { message: string }
      >;
      expect(messages['extDescription']?.message.length).toBeGreaterThan(20);
      expect(messages['extDescription']?.message.length).toBeLessThanOrEqual(132);
    },
  );
});
