// A Flex plugin with which the control page, open in the same browser, accepts and finishes this agent's tasks.
// It invokes the same Flex Actions as the agent's clicks, and does nothing until the control page asks for it.
(() => {
  /** Chats that arrive with shorter pauses are accepted together. */
  const BURST_PAUSE_MS = 200;

  const channel = new BroadcastChannel("stand-in remote control");

  class RemoteControl {
    name = "stand-in-remote-control";

    init(flex, manager) {
      const agent = manager.user.identity;
      const commands = createCommands(flex, manager);
      channel.addEventListener("message", ({ data: { agent: addressee, command } }) => {
        if (addressee !== agent || !commands[command]) return;
        channel.postMessage({ from: agent, command, count: commands[command]() });
      });
      let timer;
      manager.workerClient.on("reservationCreated", () => {
        clearTimeout(timer);
        if (isAutoAcceptOn()) timer = setTimeout(commands.accept, BURST_PAUSE_MS);
      });
    }
  }

  /** The control page has the same origin and sets this. */
  function isAutoAcceptOn() {
    return localStorage.getItem("stand-in accepts chats") === "yes";
  }

  /** Each command returns the number of tasks that it applies to. */
  function createCommands(flex, manager) {
    const tasks = () => [...manager.store.getState().flex.worker.tasks.values()];
    const invoke = (action, task) => flex.Actions.invokeAction(action, { sid: task.sid });
    const finish = async (task) => {
      if (task.status === "accepted") await invoke("WrapupTask", task);
      await invoke("CompleteTask", task);
    };
    return {
      /** Reports to the control page that the desktop is loaded. */
      ping: () => tasks().length,
      accept: () => {
        const pending = tasks().filter((task) => flex.TaskHelper.isChatBasedTask(task) && task.status === "pending");
        return startAll(pending, (task) => invoke("AcceptTask", task));
      },
      finish: () => {
        const open = tasks().filter((task) => ["accepted", "wrapping"].includes(task.status));
        return startAll(open, finish);
      },
      reload: () => {
        // After the answer.
        setTimeout(() => location.reload());
        return 0;
      },
    };
  }

  /** Starts all at once, faster than any agent could click. Flex itself shows what fails. */
  function startAll(tasks, act) {
    for (const task of tasks) act(task).catch(() => undefined);
    return tasks.length;
  }

  window.Twilio.Flex.Plugins.init(RemoteControl);
})();
