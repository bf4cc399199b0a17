/** Whether the agent wants browser notifications about waiting customers. Kept in this browser. */

import { tryTo } from "../helpers/tryTo";

const STORAGE_KEY = "flex-throttle-alerts";
const OFF = "off";

/** Whether the browser has notifications, and has not been told to block them for this page. */
export function canAlert(): boolean {
  return typeof Notification !== "undefined" && Notification.permission !== "denied";
}

export function areAlertsOn(): boolean {
  return canAlert() && Notification.permission === "granted" && !isSwitchedOff();
}

/** Call it on a click: browsers ask for permission only then. @param onChange called after the agent has answered. */
export function toggleAlerts(onChange: () => void, report: (error: unknown) => void): void {
  tryTo(() => {
    if (areAlertsOn()) localStorage.setItem(STORAGE_KEY, OFF);
    else localStorage.removeItem(STORAGE_KEY);
    // Safari before 15 returns nothing.
    if (Notification.permission === "default")
      Promise.resolve(Notification.requestPermission()).then(onChange).catch(report);
  }, report);
  onChange();
}

function isSwitchedOff(): boolean {
  return tryTo(() => localStorage.getItem(STORAGE_KEY)) === OFF;
}
