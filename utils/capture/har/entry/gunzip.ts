/** Unpacked bytes that are read at most; a response of Kakao's has a few thousand. */
const MAX_UNPACKED_BYTES = 1_000_000;

/** Tells whether bytes begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Unpacks gzipped text; null where it is damaged or too long. Never rejects. */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const reader = unpacked.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (let size = 0; ;) {
      const { value, done } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.length;
      if (size > MAX_UNPACKED_BYTES) {
        await reader.cancel();
        return null;
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return null;
  }
}
