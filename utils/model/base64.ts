/** The bytes that base64 or base64url says, each as the character of its number. Throws where the text is neither. */
export function decodeBase64(text: string): string {
  return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
}
