export { Account } from "./account";
export { ApiError } from "./apiError";
export type { Channel, FlexFlow, Member, Message, User, WebChat } from "./resources";
