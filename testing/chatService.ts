/** A fake chat service and a client with the interface of twilio-chat 3.4. */

import { EventEmitter } from "events";

import { breathe } from "./virtualTime";

/** Records commands, and fails the next ones with the errors in `failures`. */
export class Service {
  readonly commands: { name: string; args: unknown[]; atMs: number }[] = [];
  failures: unknown[] = [];

  async command(name: string, args: unknown[]): Promise<void> {
    this.commands.push({ name, args, atMs: performance.now() });
    await breathe();
    if (this.failures.length > 0) throw this.failures.shift();
  }

  get names(): string[] {
    return this.commands.map(({ name }) => name);
  }
}

/** Like the SDK's class: methods on the prototype that use fields of the object. */
export class Channel extends EventEmitter {
  constructor(
    readonly sid: string,
    private readonly service: Service,
  ) {
    super();
  }

  async add(identity: string): Promise<void> {
    if (!identity) throw new Error("Channel.add requires an <String>identity parameter");
    await this.service.command("add", [this.sid, identity]);
  }

  async invite(identity: string): Promise<void> {
    await this.service.command("invite", [this.sid, identity]);
  }

  async join(): Promise<Channel> {
    await this.service.command("join", [this.sid]);
    return this;
  }

  async sendMessage(text: string): Promise<number> {
    await this.service.command("sendMessage", [this.sid, text]);
    return 0;
  }
}

export class Client extends EventEmitter {
  readonly channels: Channel[] = [];

  constructor(readonly service: Service) {
    super();
  }

  async createChannel(options: { uniqueName: string }): Promise<Channel> {
    await this.service.command("createChannel", [options]);
    return new Channel(options.uniqueName, this.service);
  }

  async getChannelBySid(sid: string): Promise<Channel> {
    return new Channel(sid, this.service);
  }

  async getChannelByUniqueName(name: string): Promise<Channel> {
    return new Channel(name, this.service);
  }

  async getSubscribedChannels(): Promise<{ items: Channel[] }> {
    return { items: [new Channel("CH1", this.service)] };
  }

  async getLocalChannels(): Promise<Channel[]> {
    return this.channels;
  }
}
