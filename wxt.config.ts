import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import about from './package.json' with { type: 'json' };
import { sharedChunk } from './scripts/shared-chunk.ts';
import { gatherPackages, NOTICES_FILE, thirdPartyNotices } from './scripts/third-party-notices.ts';

const shipped = gatherPackages(join(import.meta.dirname, 'node_modules'));

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill', '@wxt-dev/i18n/module'],
  imports: false,
  manifestVersion: 3,
  // The sources are zipped out of the commit by `scripts/zip.ts`.
  zip: { zipSources: false },
  hooks: {
    'build:publicAssets': (_wxt, files) => {
      files.push({
        absoluteSrc: join(import.meta.dirname, 'LICENSE'),
        relativeDest: 'LICENSE.txt',
      });
    },
    'build:done': ({ config }) => {
      writeFileSync(join(config.outDir, NOTICES_FILE), thirdPartyNotices(shipped.folders));
    },
  },
  vite: () => ({
    plugins: [preact(), shipped.plugin, sharedChunk],
    worker: { plugins: () => [shipped.plugin] },
    build: {
      // Vite's preload polyfill would call `fetch`, which nothing in this extension may.
      modulePreload: { polyfill: false },
      rolldownOptions: { checks: { bundlerTimings: false } },
    },
  }),
  manifest: ({ browser }) => ({
    default_locale: 'en',
    name: '__MSG_extName__',
    description: '__MSG_extDescription__',
    homepage_url: about.homepage,
    permissions: ['webRequest', 'storage', 'alarms', 'activeTab'],
    host_permissions: ['https://kauth.kakao.com/*', 'https://kapi.kakao.com/*'],
    optional_permissions: ['notifications'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    options_ui: { page: 'report.html#settings', open_in_tab: true },
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
    content_security_policy: {
      extension_pages: `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors ${
        // Chrome shows the developer tools' pages of an extension in frames of theirs.
        browser === 'firefox' ? "'none'" : 'devtools:'
      }`,
    },
    ...(browser === 'firefox'
      ? {
          author: about.author,
          browser_specific_settings: {
            gecko: {
              // It may never change: Firefox would take the next version for another extension.
              id: '{f73af188-c60c-4767-a3ea-50f1e010277c}',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : {
          minimum_chrome_version: '129',
          // Private windows get a worker and a database of their own, which Chrome keeps in memory only.
          incognito: 'split',
        }),
  }),
});
