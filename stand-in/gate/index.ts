export { Gate } from "./gate";
export type { Admitted, Call, GateOptions, OperationId, Failed, Verdict } from "./gate";
export type { Counting } from "./counting";
export type { Fault, PlannedFault, Chat429Location } from "./faults";
export { limits } from "./limits";
export type { Limit } from "./limits";
export { chatOperation, httpOperation, splitPath } from "./operations";
export type { LogEntry, LogListener } from "./requestLog";
