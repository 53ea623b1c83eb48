import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificate {
  key: string;
  pem: string;
  /** base64 SHA-256 of the public key, as Chromium's `--ignore-certificate-errors-spki-list` wants it. */
  spki: string;
}

/** A self-signed certificate, valid for 30 days, for `hosts` and their sibling wildcards. */
export async function createCertificate(hosts: readonly string[]): Promise<Certificate> {
  const names = [...new Set([...hosts, '*.shop.test', 'localhost'])];
  const made = await generate([{ name: 'commonName', value: 'Linkwatch emulator' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 86_400_000),
    notAfterDate: new Date(Date.now() + 30 * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2 as const, value })) },
    ],
  });
  const spki = new X509Certificate(made.cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    key: made.private,
    pem: made.cert,
    spki: createHash('sha256').update(spki).digest('base64'),
  };
}
