// Lets only programs and pages of this machine use the stand-in, not the web pages in the developer's browser.

import type { IncomingMessage } from "http";

import { ApiError } from "./account";

const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
const loopbackOrigin = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Checks Host, because a web page can let its own host name resolve to 127.0.0.1, and Origin, which a browser sends with
 * every POST and WebSocket of a page.
 *
 * @throws ApiError 403.
 */
export function assertOwnBrowser({ headers }: IncomingMessage): void {
  const { host = "", origin } = headers;
  if (!loopbackHost.test(host)) throw new ApiError(403, 403, "Expected the Host header to be 127.0.0.1 or localhost");
  // A beacon of a page without a referrer, such as a desktop, has the origin "null".
  const isOwn = origin === undefined || (origin === "null" && headers["sec-fetch-site"] === "same-origin");
  if (!isOwn && !loopbackOrigin.test(origin))
    throw new ApiError(403, 403, "Pages of other hosts may not use the stand-in");
}
