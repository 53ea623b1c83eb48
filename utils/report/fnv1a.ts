const SIZES = {
  64: { prime: 0x100000001b3n, offset: 0xcbf29ce484222325n },
  128: {
    prime: 0x1000000000000000000013bn,
    offset: 0x6c62272e07bb014262b821756295c58dn,
  },
} as const;

/** FNV-1a hash of a text's UTF-8 bytes, in hex: the same text always gives the same name. No secret is safe in it. */
export function fnv1a(text: string, bits: 64 | 128): string {
  const { prime, offset } = SIZES[bits];
  let hash = offset as bigint;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(bits, (hash ^ BigInt(byte)) * prime);
  return hash.toString(16).padStart(bits / 4, '0');
}
