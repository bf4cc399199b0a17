// Tests wait for what they expect, however slow the machine is; this only ends the ones that hang.
jest.setTimeout(180_000);
