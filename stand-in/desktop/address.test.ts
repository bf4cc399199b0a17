import { desktopPath, readDesktopPath } from "./address";

describe("the path of a desktop", () => {
  it("contains all options, whatever Flex appends to it", () => {
    const options = {
      plugins: ["plugin-a", "b,c"],
      roles: ["admin", "supervisor"],
      language: "de",
      appConfig: { a: { b: "ü?/;=" } },
    };
    const path = desktopPath("Ann Müller;x/y", options);
    expect(readDesktopPath(`${path}/agent-desktop/WR1/`)).toEqual({ name: "Ann Müller;x/y", base: path, ...options });
  });

  it("distinguishes no plugins from all plugins", () => {
    expect(readDesktopPath(desktopPath("ann", { plugins: [] }))?.plugins).toEqual([]);
    expect(readDesktopPath(desktopPath("ann"))?.plugins).toBeUndefined();
  });

  it("with a config that this process has not signed throws an error", () => {
    const config = Buffer.from('{"pluginService":{"url":"https://elsewhere.example"}}').toString("base64url");
    const signed = desktopPath("ann", { appConfig: {} });
    for (const path of [`/agent/ann;config=${config}`, signed.replace(/config=[^.]*/, `config=${config}`)])
      expect(() => readDesktopPath(path)).toThrow("The config in this link is not from this stand-in");
  });

  it("does not match other pages", () => {
    expect(readDesktopPath("/control")).toBeUndefined();
    expect(readDesktopPath("/agent/")).toBeUndefined();
  });
});
