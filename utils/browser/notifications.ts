import { browser } from 'wxt/browser';
import type { Alert } from '../verdict/decide/summarize-logins.ts';
import { t } from './messages-catalogue.ts';

/** Whether the person has granted notifications. */
export async function canShowNotifications(): Promise<boolean> {
  return browser.permissions.contains({ permissions: ['notifications'] });
}

/** Asks for the permission; must be called straight from a click. */
export function requestNotificationPermission(): Promise<boolean> {
  return browser.permissions.request({ permissions: ['notifications'] });
}

/** Shows one alert, under its id. Rejects where notifications are not granted. */
export async function showNotification(alert: Alert): Promise<void> {
  const site = alert.login.site ?? alert.login.clientId.slice(0, 4);
  const until = new Intl.DateTimeFormat(browser.i18n.getUILanguage(), {
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(alert.deadline);
  const words = alert.isSure
    ? (`notice.${alert.reason}` as const)
    : (`notice.likely.${alert.reason}` as const);
  const rehearsal = alert.rehearsal ? `[${t('badge.rehearsal')}] ` : '';
  await browser.notifications.create(alert.id, {
    type: 'basic',
    iconUrl: browser.runtime.getURL('icon/128.png' as '/popup.html'),
    title: rehearsal + t(`${words}.title`),
    message: t(`${words}.message`, [site, until]),
  });
}

/**
 * Calls back when a notification is clicked, and takes the notification away. Without the permission the browser has no
 * `notifications`: listening then begins when the permission is granted.
 */
export function onNotificationClick(callback: () => void): void {
  let listening = false;
  const listen = () => {
    if (listening || !browser.notifications) return;
    listening = true;
    browser.notifications.onClicked.addListener((id) => {
      void browser.notifications.clear(id);
      callback();
    });
  };
  listen();
  browser.permissions.onAdded.addListener(listen);
}
