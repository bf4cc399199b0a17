import { PermitIssuer } from "./permit";

/** Decides what happens when a part of the throttle fails. */
export interface FailureGuard<LimitId extends string> {
  /** @returns the result of `work`. If it throws, returns the result of `fallback` or rethrows the error. */
  run<T>(work: () => T, fallback: () => T): T;
  protectIssuer(issuer: PermitIssuer<LimitId>): PermitIssuer<LimitId>;
}

/** Throws every failure. */
export const UNGUARDED: FailureGuard<never> = {
  run: (work) => work(),
  protectIssuer: (issuer) => issuer,
};
