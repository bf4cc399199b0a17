// A stand-in with the control page, and its JSON API.

import { serveControl } from "../control";
import { startStandIn, type StandIn } from "..";
import { sendRequest } from "./sendRequest";

type Json = ReturnType<typeof JSON.parse>;

const headers = { "Content-Type": "application/json" };

export interface ControlPage {
  standIn: StandIn;
  /** The page's URL. */
  url: string;
  post(path: string, body: object): Promise<{ status: number; body: Json }>;
  state(): Promise<Json>;
}

export async function openControlPage(): Promise<ControlPage> {
  const standIn = await startStandIn();
  const url = serveControl(standIn);
  return {
    standIn,
    url,
    post: async (path, body) => {
      const { status, text } = await sendRequest("POST", `${url}/api${path}`, { headers, body: JSON.stringify(body) });
      return { status, body: JSON.parse(text) };
    },
    state: async () => JSON.parse((await sendRequest("GET", `${url}/api/state`)).text),
  };
}
