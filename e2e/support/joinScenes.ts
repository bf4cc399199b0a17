/** Scenes around one chat whose join failed. */

import { TASK } from "./appearance";
import { Desk, DeskOptions } from "./desk";
import { JOIN, ONE_CALL, PATIENT_QUEUE } from "./settings";

export const joinNow = (desk: Desk) => desk.page.locator(TASK).getByRole("button", { name: "Join now" });
export const openList = (desk: Desk) => desk.page.locator("[aria-haspopup=dialog]").click();
export const closeList = (desk: Desk) => desk.page.keyboard.press("Escape");

/** Opens a desk with one selected chat whose join failed. The next join stays queued. */
export async function failToJoin(options: DeskOptions = {}): Promise<Desk> {
  const flexThrottle = { limits: { [JOIN]: ONE_CALL }, queue: PATIENT_QUEUE };
  const desk = await Desk.open({ roles: ["admin"], flexThrottle, ...options });
  desk.twilio.gate.fault(JOIN, { kind: "500" }, 1);
  const chats = await desk.receiveChats(1);
  await desk.accept(chats);
  await desk.invoke("SelectTask", { sid: chats[0].reservationSid });
  await joinNow(desk).waitFor();
  await desk.evaluate(() =>
    window.Twilio.Flex.Notifications.dismissNotificationById("ChatOrchestrationAddToChatChannelFailed"),
  );
  return desk;
}
