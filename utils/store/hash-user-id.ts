/** Returns the hash that stands for a user id, in hex: HMAC-SHA-256 with the stored salt as its key. */
export async function hashUserId(salt: string, userId: string): Promise<string> {
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey(
    'raw',
    bytes.encode(salt),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const signed = await crypto.subtle.sign('HMAC', key, bytes.encode(userId));
  return [...new Uint8Array(signed)].map((b) => b.toString(16).padStart(2, '0')).join('');
}
