import { request, type IncomingHttpHeaders } from "http";

export interface Reply {
  status: number;
  /** The body. */
  text: string;
  headers: IncomingHttpHeaders;
}

/** Jest 27 has no `fetch`, and `fetch` would not send headers such as Origin. */
export function sendRequest(
  method: string,
  url: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string | undefined } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
    });
    sent.on("error", reject).end(body);
  });
}

export function basicAuthorization(user: string, password: string): { Authorization: string } {
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}
