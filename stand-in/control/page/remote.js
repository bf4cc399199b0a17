// Asks the desktops that are open in this browser, over the channel of ../remoteControl.js.

const ANSWER_WITHIN_MS = 700;
const channel = new BroadcastChannel("stand-in remote control");

/** Resolves to the number of tasks that the command applies to; undefined if no desktop of the agent answers. */
export function sendCommand(agent, command) {
  return new Promise((resolve) => {
    const end = (count) => {
      clearTimeout(timer);
      channel.removeEventListener("message", onMessage);
      resolve(count);
    };
    const timer = setTimeout(end, ANSWER_WITHIN_MS);
    const onMessage = ({ data }) => {
      if (data.from === agent && data.command === command) end(data.count);
    };
    channel.addEventListener("message", onMessage);
    channel.postMessage({ agent, command });
  });
}

/** Resolves to the sum of the agents' answers, and to the agents that did not answer. */
export async function sendToAll(agents, command) {
  const counts = await Promise.all(agents.map((agent) => sendCommand(agent, command)));
  return {
    count: counts.reduce((sum, count) => sum + (count ?? 0), 0),
    silent: agents.filter((_, index) => counts[index] === undefined),
  };
}

/** Resolves to true once all desktops are loaded, or to false as soon as `isCanceled` says so. */
export async function waitUntilLoaded(agents, onProgress, isCanceled) {
  let loading = agents;
  for (;;) {
    onProgress(agents.length - loading.length);
    if (loading.length === 0) return true;
    loading = (await sendToAll(loading, "ping")).silent;
    if (isCanceled()) return false;
  }
}
