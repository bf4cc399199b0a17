export { Gate } from "./gate";
export type { Admitted, Failed, Verdict } from "./gate";
export type { Counting } from "./counting";
export type { Fault, Chat429Location } from "./faults";
export { limits } from "./limits";
export { chatOperation, httpOperation, splitPath } from "./operations";
export type { LogEntry } from "./requestLog";
