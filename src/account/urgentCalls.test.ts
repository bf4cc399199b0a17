import { newSharedScene } from "../../testing/sharedScene";

const LIMIT = "POST /channels";

test("an urgent call overtakes the other calls of its browser, which have tickets already", async () => {
  const { clock, browsers } = newSharedScene(30);
  browsers.forEach(({ budget }) => budget.prepare(LIMIT));
  await clock.run(5000);
  const others = browsers.flatMap(({ send }) => Array.from({ length: 10 }, () => send({ limits: [LIMIT] })));
  await clock.run(7000);
  const startMs = clock.now();
  await clock.until(browsers[29].send({ limits: [LIMIT], priority: "high" }));
  expect(clock.now() - startMs).toBeLessThan(2500);
  await clock.until(Promise.all(others));
});
