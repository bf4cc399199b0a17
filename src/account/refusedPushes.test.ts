import { begin, CALL } from "../../testing/sharedBursts";
import { STEADY } from "../../testing/scene";

interface Push {
  readonly id: string;
  readonly atMs: number;
  readonly isRefused: boolean;
}

/** The time from each refused push to its repetition, of twenty browsers that are refused while a queue of six seconds waits. */
async function pausesOfRefused(): Promise<number[]> {
  const pushes: Push[] = [];
  let now = () => 0;
  const onPush = (data: object, isRefused: boolean) =>
    void pushes.push({ id: (data as { readonly id: string }).id, atMs: now(), isRefused });
  const { clock, browsers } = await begin(30, { latency: STEADY, writesPerSecond: 1, onPush });
  now = () => clock.now();
  const sendFrom = (from: number, to: number, calls: number) =>
    browsers.slice(from, to).forEach(({ send }) => {
      for (let n = 0; n < calls; n += 1) void send(CALL);
    });
  // The service takes ten tickets at once.
  sendFrom(0, 10, 10);
  await clock.run(5500);
  const before = pushes.length;
  sendFrom(10, 30, 1);
  await clock.run(6000);
  const refused = pushes.slice(before).filter(({ isRefused }) => isRefused);
  await clock.run(20_000);
  expect(browsers.flatMap(({ reported }) => reported)).toEqual([]);
  return refused.map(({ id, atMs }) => {
    const next = pushes.find((later) => later.id === id && later.atMs > atMs);
    return (next?.atMs ?? Infinity) - atMs;
  });
}

test("pushes that are refused because of too many writes are repeated a second later or more, spread over the queue", async () => {
  const pausesMs = (await pausesOfRefused()).sort((a, b) => a - b);
  expect(pausesMs).toHaveLength(20);
  expect(pausesMs[0]).toBeGreaterThanOrEqual(1000);
  // By the end of the queue.
  expect(pausesMs[19]).toBeLessThan(7000);
  // No more than half of them within any one and a half seconds.
  for (let n = 10; n < 20; n += 1) expect(pausesMs[n] - pausesMs[n - 10]).toBeGreaterThan(1500);
});
