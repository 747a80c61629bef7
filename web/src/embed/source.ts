import { say } from '../words/say.js';

const LARGEST = 256 * 1024; // bytes; what is read of them has at most 64 K characters

/** The text of a lesson that a tag names, as its address is from the page around, or why there is none. */
export async function lessonAt(src: string): Promise<{ text: string } | { reason: string }> {
  let address: URL;
  try {
    address = new URL(src, document.baseURI);
  } catch {
    return { reason: say('“src” is the address of a lesson in Markdown, not “{0}”.', src) };
  }
  if (!/^https?:$/.test(address.protocol)) {
    return { reason: say('“src” is an address that begins with https: or http:, not with {0}.', address.protocol) };
  }
  try {
    const response = await fetch(address, { credentials: 'omit' });
    if (!response.ok)
      return { reason: say('{0} cannot be fetched: its server answers {1}.', address.href, response.status) };
    const bytes = await beginningOf(response);
    if (!bytes) return { reason: say('{0} is larger than a lesson may be, 256 KiB.', address.href) };
    return { text: new TextDecoder().decode(bytes) };
  } catch {
    const other = address.origin !== location.origin || location.origin === 'null';
    const reason = other
      ? say(
          '{0} cannot be fetched. It lies on another server than this page: that has to send “Access-Control-Allow-Origin: *” with it, or the lesson has to stand in the tag itself.',
          address.href,
        )
      : say('{0} cannot be fetched. Is this computer online?', address.href);
    return { reason };
  }
}

/** All of an answer; null when it is too large. */
async function beginningOf(response: Response): Promise<ArrayBuffer | null> {
  const reader = response.body!.getReader();
  const chunks: Uint8Array[] = [];
  for (let length = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks as BlobPart[]).arrayBuffer();
    length += value.length;
    chunks.push(value);
    if (length <= LARGEST) continue;
    void reader.cancel();
    return null;
  }
}
