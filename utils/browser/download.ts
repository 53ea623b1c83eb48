import { MINUTE_MS } from '../model/time.ts';

/** Saves a file in the person's downloads. It clicks a link in the page, which needs no permission. */
export function download(name: string, file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), MINUTE_MS);
}
