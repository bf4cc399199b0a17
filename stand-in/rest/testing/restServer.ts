// The REST API on a real port, for tests. Its clock does not move, so no limit is refilled during a test.

import { createServer, type IncomingHttpHeaders, type Server } from "http";
import type { AddressInfo } from "net";

import { Rest } from "..";
import { Account } from "../../account";
import { issueToken } from "../../flex/tokens";
import { Gate } from "../../gate";
import { createExchange } from "../../http";
import { basicAuthorization, sendRequest } from "../../testing/sendRequest";

export const flowSid = `FO${"1".repeat(32)}`;
export const serviceSid = `IS${"2".repeat(32)}`;
export const unknownSid = `CH${"f".repeat(32)}`;
export const flex = "flex-api.twilio.com/v1";
export const chat = `chat.twilio.com/v2/Services/${serviceSid}`;

interface JsonReply {
  status: number;
  body: ReturnType<typeof JSON.parse>;
  headers: IncomingHttpHeaders;
}

export class RestServer {
  readonly account = new Account();
  readonly gate = new Gate({ now: () => 0 });
  readonly rest = new Rest({ gate: this.gate, account: this.account });
  private readonly server: Server = createServer((request, response) => {
    if (!this.rest.handle(createExchange(request, response))) response.writeHead(NOT_HANDLED).end();
  });

  static async start(): Promise<RestServer> {
    const started = new RestServer();
    await new Promise<void>((resolve) => started.server.listen(0, "127.0.0.1", resolve));
    return started;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  async call(
    method: string,
    address: string,
    form?: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<JsonReply> {
    const { port } = this.server.address() as AddressInfo;
    const contentType = form && { "Content-Type": "application/x-www-form-urlencoded" };
    const { text, ...reply } = await sendRequest(method, `http://127.0.0.1:${port}/@/${address}`, {
      headers: { ...contentType, ...headers },
      body: form && new URLSearchParams(form).toString(),
    });
    return { ...reply, body: text && JSON.parse(text) };
  }

  authorizationOf(identity: string): { Authorization: string } {
    return basicAuthorization("token", issueToken(this.account, identity, ["agent"]).token);
  }
}

/** The status of requests that the REST API leaves to other handlers. */
export const NOT_HANDLED = 418;
