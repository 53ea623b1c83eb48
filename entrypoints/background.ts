import { defineBackground } from 'wxt/utils/define-background';
import { browser } from 'wxt/browser';
import { pendingStorage } from '../utils/browser/pending-storage.ts';
import { announceChange } from '../utils/browser/change-channel.ts';
import { isCommand, runCommand } from '../utils/background/commands.ts';
import { onNotificationClick } from '../utils/browser/notifications.ts';
import { createObservation } from '../utils/background/create-observation.ts';
import { ALARM, reconcile } from '../utils/background/reconcile.ts';
import { currentBrowserRun } from '../utils/browser/browser-run.ts';
import { onAccessChange } from '../utils/browser/site-access.ts';
import { listenToTraffic } from '../utils/browser/traffic.ts';
import { resolveTabContext } from '../utils/browser/tab-context.ts';
import type { Observation } from '../utils/model/observation.ts';
import { openStore } from '../utils/store/open.ts';
import { createRecorder } from '../utils/background/recorder.ts';

export default defineBackground(() => {
  const recorder = createRecorder({ open: openStore, pendingStorage, changed: announceChange });
  const run = currentBrowserRun();
  /** Events are looked up and recorded one after the other, in the order they came. */
  let line: Promise<void> = run.then(async ({ isNew }) => {
    if (isNew) await recorder.record([createObservation({ type: 'start' }, 'browser', Date.now())]);
  });
  const then = (work: () => Promise<void>) => {
    line = line.then(work).catch((error: unknown) => console.error(error));
    return line;
  };
  let settling: Promise<void> | null = null;
  const settle = () =>
    (settling ??= then(() => ((settling = null), reconcile(recorder, Date.now()))));

  listenToTraffic((details, heard) => {
    const whereabouts = resolveTabContext(
      details,
      run.then((r) => r.run),
    );
    void then(async () => {
      const [all, where] = await Promise.all([heard, whereabouts]);
      if (await isPaused()) return;
      const at = Math.round(details.timeStamp);
      await recorder.record(
        all.map(
          ({ fact, source, site }) =>
            ({ ...fact, ...where, id: crypto.randomUUID(), at, source, site }) as Observation,
        ),
      );
      void settle();
    });
  });
  const isPaused = () =>
    recorder
      .withStore(async (_db, loginState) => loginState.tracking.pausedAt !== null)
      .catch(() => false);

  browser.runtime.onMessage.addListener((message: unknown, _sender, answer) => {
    if (!isCommand(message)) return void answer({ ok: false, problem: 'bad-command' });
    void then(async () => {
      answer(await runCommand(recorder, message, Date.now()));
      // Not before: one that is already waiting in line would do without what was just set.
      void settle();
    });
    return true; // the answer comes later
  });
  onAccessChange(() => void settle());
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void settle();
  });
  browser.runtime.onInstalled.addListener(() => void settle());
  browser.runtime.onStartup.addListener(() => void settle());
  onNotificationClick(
    () => void browser.tabs.create({ url: browser.runtime.getURL('/popup.html') }),
  );
  void settle();
});
