import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { idbWithoutIterators } from './scripts/idb-without-iterators.ts';
import { preactWithoutHtml } from './scripts/preact-without-html.ts';
import { trimPolyfill } from './scripts/trim-polyfill.ts';

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill', '@wxt-dev/i18n/module'],
  imports: false,
  manifestVersion: 3,
  vite: ({ browser }) => ({
    plugins: [trimPolyfill(browser), preactWithoutHtml(), idbWithoutIterators(), preact()],
    build: {
      modulePreload: false,
      minify: 'terser',
      terserOptions: { compress: { passes: 3, toplevel: true }, ecma: 2020 },
    },
  }),
  manifest: ({ browser }) => ({
    default_locale: 'en',
    name: '__MSG_extName__',
    description: '__MSG_extDescription__',
    permissions: ['webRequest', 'storage', 'alarms', 'activeTab'],
    host_permissions: ['https://kauth.kakao.com/*', 'https://kapi.kakao.com/*'],
    optional_permissions: ['notifications'],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'linkwatch@linkwatch.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
            gecko_android: { strict_min_version: '142.0' },
          },
        }
      : { minimum_chrome_version: '129' }),
  }),
});
