/*
 * TESTS RUN THIS FILE, BUT NOT NEXT.JS ITSELF: register() before the server listens, then route handlers, middleware and
 * Auth.js that answer with a web Response over node:http, as Next.js calls and sends them. Followed by hand once with Next.js
 * 16.4 (Turbopack; `next dev`, `next build` and `next start`): route handler, page that redirects and proxy.js were told.
 * Next.js 15, the pages router, and next-auth under Next.js itself were not tried; check yours with the README's curl line.
 *
 * Linkwatch for Kakao Login: what this server asked of Kakao, told in the Server-Timing response header.
 *
 * 1. Save this file as instrumentation.ts beside the app folder (or in src), or add its lines to the one you have.
 * 2. Save node/linkwatch-server-timing.mjs beside it.
 * 3. LINKWATCH_SERVER_TIMING=1 npx next dev
 *
 * If the header does not come, load it earlier instead of by this file:
 *   LINKWATCH_SERVER_TIMING=1 NODE_OPTIONS="--import ./linkwatch-server-timing.mjs" npx next start
 *
 * The first request to a fresh `next dev` may come before this file is loaded, and is not told then: ask twice.
 *
 * Not covered: the edge runtime (`export const runtime = 'edge'`, and middleware in Next.js 15), whose calls do not pass
 * through Node, and hosts that do not run next as a Node server. A page that streams sends its headers before it is done:
 * calls made after that are not told. Route handlers, server actions and the Auth.js callback answer in one piece.
 */
export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs' && process.env.LINKWATCH_SERVER_TIMING === '1') {
    // @ts-ignore Plain JavaScript without types.
    await import('./linkwatch-server-timing.mjs');
  }
}
