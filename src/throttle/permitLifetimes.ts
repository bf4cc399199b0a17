/**
 * How long a permit may stay unused, in milliseconds.
 *
 * @see docs/adr/0009-reclaim-unused-permits.md
 */

/** Reclaims an unused lease, so that a lost permit cannot block the limit. */
export const LEASE_TIMEOUT_MS = 3000;

/** A probe without an answer stops blocking the calls behind it after this. */
export const PROBE_TIMEOUT_MS = 10_000;

/** How long an accept waits for its join. Later the join will not come: the agent is in the chat already. */
export const JOIN_EXPECTED_MS = 10_000;

/** How long another plugin's permit waits for its request; a later request takes its own turn. */
export const REQUEST_EXPECTED_MS = 1000;
