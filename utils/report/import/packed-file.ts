import { ImportError } from './import-error.ts';

/** Throws an ImportError if these are the first bytes of a zip or gzip file, as which Playwright and others write HARs. */
export function refusePacked([first, second, third]: Uint8Array): void {
  const isZip = first === 0x50 && second === 0x4b && third === 3;
  const isGzip = first === 0x1f && second === 0x8b;
  if (isZip || isGzip) throw new ImportError('packed');
}
