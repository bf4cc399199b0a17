import { flex, RestServer } from "./testing/restServer";

let server: RestServer;
beforeEach(async () => {
  server = await RestServer.start();
});
afterEach(() => server.close());

describe("a page of another origin", () => {
  const origin = { Origin: "http://localhost:3000" };

  it("gets an answer to its preflight, which is not counted", async () => {
    const preflight = await server.call("OPTIONS", `${flex}/WebChannels`, undefined, {
      ...origin,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type",
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers["access-control-allow-origin"]).toBe(origin.Origin);
    expect(preflight.headers["access-control-allow-headers"]).toBe("authorization,content-type");
    expect(preflight.headers["access-control-allow-methods"]).toContain("POST");
    expect(server.gate.log).toEqual([]);
  });

  it("may read every answer, including errors", async () => {
    expect(
      (await server.call("GET", `${flex}/WebChannels`, undefined, origin)).headers["access-control-allow-origin"],
    ).toBe(origin.Origin);
    expect(
      (await server.call("GET", `${flex}/WebChannels`, undefined, origin)).headers["access-control-allow-origin"],
    ).toBe(origin.Origin);
  });

  it("may read Retry-After only if it is exposed", async () => {
    server.gate.fault("GET /WebChannels", { kind: "429", retryAfter: 7 });
    const readable = await server.call("GET", `${flex}/WebChannels`, undefined, origin);
    expect(readable.headers["retry-after"]).toBe("7");
    expect(readable.headers["access-control-expose-headers"]).toBe("Retry-After");
    server.rest.exposesRetryAfter = false;
    const hidden = await server.call("GET", `${flex}/WebChannels`, undefined, origin);
    expect(hidden.headers["retry-after"]).toBe("7");
    expect(hidden.headers["access-control-expose-headers"]).toBeUndefined();
  });
});

describe("a page of the stand-in itself", () => {
  it("does not get Retry-After if it is not exposed", async () => {
    server.rest.exposesRetryAfter = false;
    server.gate.fault("GET /WebChannels", { kind: "429", retryAfter: 7 });
    const reply = await server.call("GET", `${flex}/WebChannels`, undefined, { "Sec-Fetch-Site": "same-origin" });
    expect(reply.headers["retry-after"]).toBeUndefined();
  });
});
