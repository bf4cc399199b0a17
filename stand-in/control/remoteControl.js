// A Flex plugin for trying things out: lets the control page, open in the same browser, accept and finish this agent's chats
// through the same Flex Actions that the agent's clicks invoke. It does nothing unless asked.
(() => {
  const channel = new BroadcastChannel("stand-in remote control");

  const acceptsByItself = (agent) => localStorage.getItem(`stand-in accepts ${agent}`) === "yes";

  class RemoteControl {
    name = "stand-in-remote-control";

    init(flex, manager) {
      const agent = manager.user.identity;
      const tasks = () => [...manager.store.getState().flex.worker.tasks.values()];
      const chats = () => tasks().filter((task) => flex.TaskHelper.isChatBasedTask(task));
      const invoke = (action, task) => flex.Actions.invokeAction(action, { sid: task.sid });

      const commands = {
        accept: () =>
          doAll(
            chats().filter((task) => task.status === "pending"),
            (task) => invoke("AcceptTask", task),
          ),
        finish: () =>
          doAll(
            tasks().filter((task) => ["accepted", "wrapping"].includes(task.status)),
            finishOne,
          ),
      };

      const finishOne = async (task) => {
        if (task.status === "accepted") await invoke("WrapupTask", task);
        await invoke("CompleteTask", task);
      };

      channel.addEventListener("message", ({ data: { agent: addressee, command } }) => {
        if (addressee !== agent || !commands[command]) return;
        channel.postMessage({ from: agent, command, count: commands[command]() });
      });

      manager.workerClient.on("reservationCreated", () => {
        if (acceptsByItself(agent)) setTimeout(commands.accept);
      });
    }
  }

  /** Starts all at once, as a very quick hand would, and says how many. What fails is told by Flex itself. */
  function doAll(tasks, act) {
    for (const task of tasks) act(task).catch(() => undefined);
    return tasks.length;
  }

  window.Twilio.Flex.Plugins.init(RemoteControl);
})();
