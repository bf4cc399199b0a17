import { transformCode } from "../testing/transformCode";

const { trimSyncSdk } = jest.requireActual<{ trimSyncSdk: unknown }>("./trimSyncSdk");

const trim = (code: string, filename: string) => transformCode(code, trimSyncSdk, filename);

test.each([
  ["/home/node_modules/twilio-sync/dist/services/network.js", "put"],
  ["C:\\node_modules\\twilio-sync\\dist\\services\\network.js", "put"],
])("removes unused methods of %s, and reports those that it lacks", (filename, method) => {
  expect(trim(`class A { ${method}() {} get() {} }`, filename)).toBe("class A { get() {} }");
  expect(() => trim("class A { get() {} }", filename)).toThrow(`Twilio's Sync SDK no longer has ${method} in`);
});

test("changes nothing in other files", () => {
  const code = "class A { put() {} }";
  expect(trim(code, "/home/node_modules/twilio-sync/dist/entity.js")).toBe(code);
});

test("removes what is logged, but not the logger", () => {
  const code = `
    logger["default"].debug(\`A message of \${method()}\`, uri);
    if (isLate) logger.log.warn("late");
    logger.log.trace("one"), run();
    log.warn("kept");`;
  expect(trim(code, "/home/node_modules/twilsock/dist/twilsock.js")).toBe(
    'if (isLate) {} logger.log.trace("one"), run(); log.warn("kept");',
  );
});
