// The operations that can have a fault, in the groups of the control page's form.

import { chatCommands } from "../chat/commands";
import { CONFIGURATION_OPERATIONS } from "../flex/configurationApi";
import { chatOperation, limits } from "../gate";
import { TASK_ROUTER_OPERATIONS } from "../taskrouter/tunnelledRest";

export interface OperationGroup {
  title: string;
  operations: readonly string[];
}

const limited = limits.filter(({ kind }) => kind === "rate").map(({ id }) => id);

export const operationGroups: readonly OperationGroup[] = [
  { title: "With a limit", operations: limited },
  {
    title: "Chat commands",
    operations: chatCommands.map(chatOperation).filter((operation) => !limited.includes(operation)),
  },
  { title: "TaskRouter", operations: TASK_ROUTER_OPERATIONS },
  { title: "Configuration", operations: CONFIGURATION_OPERATIONS },
];

export const operations: readonly string[] = operationGroups.flatMap((group) => group.operations);
