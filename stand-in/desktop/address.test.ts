import { desktopPath, readDesktopPath } from "./address";

describe("the address of a desktop", () => {
  it("tells everything that was asked for, whatever path Flex puts behind it", () => {
    const options = {
      plugins: ["plugin-a", "b,c"],
      roles: ["admin", "supervisor"],
      language: "de",
      appConfig: { a: { b: "ü?/;=" } },
    };
    const path = desktopPath("Ann Müller;x/y", options);
    expect(readDesktopPath(`${path}/agent-desktop/WR1/`)).toEqual({ name: "Ann Müller;x/y", base: path, ...options });
  });

  it("tells no plugins from all plugins", () => {
    expect(readDesktopPath(desktopPath("ann", { plugins: [] }))?.plugins).toEqual([]);
    expect(readDesktopPath(desktopPath("ann"))?.plugins).toBeUndefined();
  });

  it("is no other page's", () => {
    expect(readDesktopPath("/control")).toBeUndefined();
    expect(readDesktopPath("/agent/")).toBeUndefined();
  });
});
