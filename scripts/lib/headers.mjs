// What a host says beside each file: one policy, that of web/index.html, for our own server and for hosts that read
// `_headers`. docs/hosting.md has the same for others.

/** The policy that the page itself states in its <meta>, so that there is one policy only. */
export function contentPolicy(html) {
  const meta = /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html);
  if (!meta) throw new Error('index.html states no Content-Security-Policy');
  return meta[1];
}

/** With every file. Other sites may embed what is here: it is the same for everyone. */
export function commonHeaders(policy) {
  return {
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Access-Control-Allow-Origin': '*',
  };
}

/** What these folders hold has a hash in its name, or in that of its folder: it never changes. */
const lasting = /^(?:chunks|files-[0-9a-f]+)\//;
export const forever = 'public, max-age=31536000, immutable';

/** How long browsers may keep a file, by its path in dist/. */
export const cachingOf = (name) => (lasting.test(name) ? forever : 'no-cache');

/** `_headers`, as Netlify and Cloudflare Pages read it. What is not named there they revalidate by themselves. */
export function headersFile(policy, names) {
  const folders = new Set(names.filter((name) => lasting.test(name)).map((name) => name.split('/')[0]));
  const block = (where, headers) =>
    [where, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n');
  return [
    block('/*', commonHeaders(policy)),
    ...[...folders].sort().map((folder) => block(`/${folder}/*`, { 'Cache-Control': forever })),
    '',
  ].join('\n');
}
