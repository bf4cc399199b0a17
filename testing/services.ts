/** Fake services for components. A test overrides what it needs. */

import { Announcer } from "../src/components/announcer";
import { Services } from "../src/components/services";
import { TextSources, textsFrom } from "../src/texts/texts";

export function servicesOf({
  strings = () => undefined,
  language = () => undefined,
  ...own
}: Partial<Services & TextSources> = {}): Services {
  return {
    text: textsFrom({ strings, language }),
    now: () => performance.now(),
    retryNow: () => undefined,
    announcer: new Announcer(),
    cancel: () => true,
    customerOf: () => undefined,
    labelOf: (action) => action,
    sendAgain: () => undefined,
    dispatch: () => undefined,
    joinAgain: () => undefined,
    report: (error) => console.error(error),
    ...own,
  };
}
