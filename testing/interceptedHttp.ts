/** A page whose HTTP requests are intercepted, and a server on which `/create` spends a limit. */

import { Throttle } from "../src/flexThrottle";
import type { InterceptorContext } from "../src/interceptor";
import { HttpGate } from "../src/intercept/httpGate";
import { FlexFlowCount } from "../src/limits/flexFlowCount";
import { createRouteMatcher, CustomRoute } from "../src/limits/routes";
import type { Uninstall } from "../src/patch";
import { HttpServer, startHttpServer } from "./httpServer";
import { newThrottle, settingsOf } from "./throttles";
import { useVirtualTime } from "./virtualTime";

export const LIMIT = "POST /channels";

/** @returns the server of the running test. */
function useHttpServer(): HttpServer {
  let server: HttpServer;
  beforeAll(async () => {
    server = await startHttpServer();
  });
  afterEach(() => server.reset());
  afterAll(() => server.close());
  return new Proxy({} as HttpServer, {
    get: (_, name) => Reflect.get(server, name),
    set: (_, name, value) => Reflect.set(server, name, value),
  });
}

export interface InterceptedHttp {
  readonly server: HttpServer;
  /** Internal failures of the plugin. A test that expects some must remove them. */
  readonly problems: unknown[];
  /** @param written settings as an admin writes them. Their routes replace the one for `/create`. */
  install(written?: Record<string, unknown>, onBurst?: "queue" | "reject"): Throttle;
  uninstall(): void;
}

/** @param intercept installs the interceptor under test. */
export function useInterceptedHttp(
  intercept: (gate: HttpGate & InterceptorContext) => Uninstall,
  methods: readonly string[],
): InterceptedHttp {
  const server = useHttpServer();
  const problems: unknown[] = [];
  let uninstall: Uninstall = () => undefined;
  useVirtualTime();
  afterEach(() => {
    uninstall();
    expect(problems.splice(0)).toEqual([]);
  });
  const createRoutes = (): CustomRoute[] =>
    methods.map((method) => ({ method, url: `${server.url}/create*`, limits: [LIMIT] }));
  return {
    server,
    problems,
    install(written = {}, onBurst = "queue") {
      const settings = { routes: createRoutes(), ...written };
      const throttle = newThrottle(settings);
      uninstall = intercept(
        new HttpGate({
          throttle,
          flexFlows: new FlexFlowCount(2500),
          match: createRouteMatcher(settingsOf(settings).routes),
          onBurst: () => onBurst,
          // The test server answers as Twilio does.
          isTwilioHost: () => true,
          report: (error) => problems.push(error),
        }),
      );
      return throttle;
    },
    uninstall: () => uninstall(),
  };
}
