// The account's gate: its limits, how they are counted, the faults asked for, and the log of requests.

export { Gate } from "./gate";
export type { Admitted, Call, GateOptions, OperationId, Refused, Verdict } from "./gate";
export type { Counting } from "./counting";
export type { Fault, PlannedFault, RefusalWay } from "./faults";
export { limits } from "./limits";
export type { Limit } from "./limits";
export { chatOperation, httpOperation, splitPath } from "./operations";
export type { LogEntry, LogListener } from "./requestLog";
