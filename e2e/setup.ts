// A real browser on a busy machine: a test waits for what it expects, and only this long before it gives up.
jest.setTimeout(120_000);
