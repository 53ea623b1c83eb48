import { CallbackImport } from '../callbacks/callback-import.tsx';
import { FileImport } from './file-import.tsx';

/** Reads reports and HARs beside the live data, and the app's unlink-callback log into it. */
export function ImportView() {
  return (
    <>
      <FileImport />
      <CallbackImport />
    </>
  );
}
