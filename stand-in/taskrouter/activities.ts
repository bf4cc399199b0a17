// The workers' activities: the default ones of a new Flex project.

import { stableSid } from "../sids";

export interface Activity {
  sid: string;
  name: string;
  available: boolean;
}

export const activities: readonly Activity[] = [
  { name: "Offline", available: false },
  { name: "Available", available: true },
  { name: "Unavailable", available: false },
  { name: "Break", available: false },
].map((activity) => ({ ...activity, sid: activitySid(activity.name) }));

export function activitySid(name: string): string {
  return stableSid("WA", name);
}

export function findActivity(sid: string): Activity | undefined {
  return activities.find((activity) => activity.sid === sid);
}
