/** @jest-environment ./testing/browserEnvironment.js */

import { LIMIT, useInterceptedHttp } from "../../testing/interceptedHttp";
import { ended, until } from "../../testing/virtualTime";
import { installFetch } from "./fetch";
import { installXhr } from "./xhr";

const { server, install } = useInterceptedHttp(
  (gate) => {
    const uninstalls = [installFetch(window, () => gate), installXhr(XMLHttpRequest.prototype, () => gate)];
    return () => uninstalls.forEach((uninstall) => uninstall());
  },
  ["POST"],
);
const post = () => window.fetch(`${server.url}/create`, { method: "POST" });

test("counts a fetch that is implemented over XMLHttpRequest once", async () => {
  const { fetch: polyfill } = jest.requireActual("whatwg-fetch") as { fetch: typeof fetch };
  window.fetch = polyfill;
  const throttle = install({ limits: { [LIMIT]: { perSecond: 2 } } });
  const both = [post(), post()];
  // If each counted twice, the second would wait.
  await until(() => server.requests.length === 2);
  const third = post();
  expect(throttle.status().waiting).toHaveLength(1);
  await ended(Promise.all([...both, third]));
});
