import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { createEventHandlers } from '../utils/background/event-handlers.ts';
import { createSnapshotKeeper } from '../utils/background/reconcile/snapshot-keeper.ts';
import { createPrivateRecords } from '../utils/background/record/private-records.ts';
import { createRecorder } from '../utils/background/record/recorder.ts';
import { onAlarm } from '../utils/browser/alarm.ts';
import { announceChange } from '../utils/browser/change-channel.ts';
import { openExtensionPage } from '../utils/browser/extension-pages.ts';
import { onInstallation } from '../utils/browser/installation.ts';
import { onNotificationClick } from '../utils/browser/notifications.ts';
import { isOwnPage } from '../utils/browser/own-page.ts';
import { pendingStorage } from '../utils/browser/pending-storage.ts';
import { onPrivateWindowsClosed, privateStorage } from '../utils/browser/private-storage.ts';
import { onShortcut } from '../utils/browser/shortcuts.ts';
import { onAccessChange } from '../utils/browser/site-access.ts';
import { snapshotStorage } from '../utils/browser/snapshot-storage.ts';
import { listenToTraffic } from '../utils/browser/traffic.ts';
import { createWorkerMemory } from '../utils/browser/worker-memory.ts';
import { deleteStore, openStore } from '../utils/store/open.ts';

// Every listener is registered here, synchronously: a later one would lose the event that woke the worker.
export default defineBackground(() => {
  const recorder = createRecorder({
    open: openStore,
    deleteDatabase: deleteStore,
    pendingStorage,
    changed: announceChange,
  });
  const privateRecords = createPrivateRecords(privateStorage, announceChange);
  const {
    onSent,
    onRequest,
    onMessage,
    toggleRecording,
    privateWindowsClosed,
    markStep,
    reconcile,
    hasStarted,
  } = createEventHandlers(
    recorder,
    createWorkerMemory(),
    privateRecords,
    createSnapshotKeeper(recorder, snapshotStorage),
  );
  listenToTraffic(onRequest, onSent);
  browser.runtime.onMessage.addListener((message: unknown, sender) =>
    isOwnPage(sender) ? onMessage(message) : undefined,
  );
  onAccessChange(reconcile);
  onAlarm(reconcile);
  browser.runtime.onInstalled.addListener(hasStarted);
  onInstallation(() => void openExtensionPage('/report.html', '#guide'));
  browser.runtime.onStartup.addListener(hasStarted);
  onPrivateWindowsClosed(privateWindowsClosed);
  onShortcut({ 'toggle-recording': toggleRecording, 'mark-step': markStep });
  onNotificationClick(() => void openExtensionPage('/popup.html'));
});
