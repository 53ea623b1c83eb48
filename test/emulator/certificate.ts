import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificate {
  /** What a server of the hosts shows, as PEM. */
  key: string;
  cert: string;
  /** PEM of the authority that signed it: what a client trusts. */
  pem: string;
  /** base64 SHA-256 of the public key, as Chromium's `--ignore-certificate-errors-spki-list` wants it. */
  spki: string;
}

/** What the certificates of the authority and of the hosts have in common. */
const COMMON = {
  keyType: 'ec',
  algorithm: 'sha256',
  notBeforeDate: new Date(Date.now() - 86_400_000),
  notAfterDate: new Date(Date.now() + 30 * 86_400_000),
} as const;

/**
 * A certificate, valid for 30 days, for `hosts` and their sibling wildcards. An authority of its own has signed it: Firefox
 * takes no authority's certificate for a site's.
 */
export async function createCertificate(hosts: readonly string[]): Promise<Certificate> {
  const authority = await generate([{ name: 'commonName', value: 'Linkwatch emulator' }], {
    ...COMMON,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
    ],
  });
  const names = [...new Set([...hosts, '*.shop.test', 'localhost'])];
  const made = await generate([{ name: 'commonName', value: 'Linkwatch sample shops' }], {
    ...COMMON,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2 as const, value })) },
    ],
  });
  const spki = new X509Certificate(made.cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    key: made.private,
    cert: made.cert,
    pem: authority.cert,
    spki: createHash('sha256').update(spki).digest('base64'),
  };
}
