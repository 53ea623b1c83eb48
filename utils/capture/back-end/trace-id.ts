import { decodeBase64 } from '../../model/base64.ts';

const HEX = /^[\da-f]{32}$/i;

/** Reads the trace id of a span, in hex as OTLP/JSON has it or in base64 as protobuf's JSON has it; null for anything else. */
export function traceIdOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (HEX.test(value)) return known(value.toLowerCase());
  if (!/^[\w+/-]{22}(==)?$/.test(value)) return null;
  const bytes = decodeBase64(value);
  return known([...bytes].map((char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join(''));
}

/** All zeros say that there is no trace. */
function known(id: string): string | null {
  return /^0+$/.test(id) ? null : id;
}
