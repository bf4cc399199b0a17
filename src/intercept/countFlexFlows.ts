/** Keeps the number of the account's Flex Flows from the answers that pass by, and stops creations over the maximum. */

import { Throttle } from "../flexThrottle";
import { FlexFlowCount } from "../limits/flexFlowCount";
import { CapacityEffect } from "../limits/routes";
import { asObject } from "../limits/tooManyRequests";
import { capacityError } from "../throttle/errors";
import type { LimitedRequest } from "./httpGate";

interface Counting {
  readonly throttle: Throttle;
  readonly flexFlows: FlexFlowCount;
}

/** @throws ThrottleError if the request would create more than the account may have. */
export function checkCapacity({ call, capacityEffect }: LimitedRequest, { throttle, flexFlows }: Counting): void {
  if (capacityEffect === "create" && flexFlows.isFull(throttle.now()) && throttle.mode === "enforce") {
    throw throttle.reportDropped(call, capacityError("Flex Flows", flexFlows.count, flexFlows.maximum));
  }
}

/** Whether an answer with this status changes the count. */
export function isCounted(capacityEffect: CapacityEffect | undefined, status: number): boolean {
  if (!capacityEffect) return false;
  // A 404 says that another client deleted it.
  const isDeletedAlready = capacityEffect === "delete" && status === 404;
  return isDeletedAlready || (status >= 200 && status < 300);
}

/** @param body of an answer that is counted. */
export function countFlexFlows(
  { capacityEffect, url }: LimitedRequest,
  body: unknown,
  { throttle, flexFlows }: Counting,
): void {
  const nowMs = throttle.now();
  if (capacityEffect === "delete") {
    flexFlows.recordDeleted(lastSegment(url));
  } else if (capacityEffect === "create") {
    const { sid } = asObject(body);
    if (typeof sid === "string") flexFlows.recordCreated(sid, nowMs);
  } else {
    const { flex_flows: listed, meta } = asObject(body);
    if (!Array.isArray(listed)) return;
    const { page, next_page_url: next } = asObject(meta);
    const isUnfiltered = typeof page === "number" && !hasFilter(url);
    flexFlows.recordList(
      listed.map((flow) => String(asObject(flow).sid)),
      isUnfiltered ? { page, isLast: !next } : undefined,
      nowMs,
    );
  }
}

/** Whether a list is filtered, as by `?FriendlyName=…`. */
function hasFilter(url: string): boolean {
  return Array.from(new URL(url).searchParams.keys()).some((name) => !/^Page(Size|Token)?$/i.test(name));
}

function lastSegment(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, "").split("/").pop() as string;
}
