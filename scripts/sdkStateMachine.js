/**
 * In the bundle, this module replaces javascript-state-machine, of which Twilio's Sync SDK uses little: `is()`, the hooks below,
 * and no hook that returns something.
 */

const capitalize = (name) => name[0].toUpperCase() + name.slice(1);

export function factory({ init, transitions, methods }) {
  class StateMachine {
    constructor() {
      this.state = "none";
      this.isPending = false;
      this.change("init", init, []);
    }

    is(state) {
      return this.state === state;
    }

    fire(name, values) {
      const transition = transitions.find((each) => each.name === name && each.from.includes(this.state));
      if (!transition) return methods.onInvalidTransition(name, this.state);
      return this.change(name, transition.to || this.state, values);
    }

    change(transition, to, values) {
      const from = this.state;
      if (this.isPending) throw new Error("transition is invalid while previous transition is still in progress");
      const call = (hook) => methods[hook]?.({ transition, from, to }, ...values);
      // As in the original, a hook that throws leaves the transition pending.
      this.isPending = true;
      if (from !== to) {
        call(`onLeave${capitalize(from)}`);
        this.state = to;
        call("onEnterState");
        call(`onEnter${capitalize(to)}`);
        call(`on${capitalize(to)}`);
      }
      call(`on${capitalize(transition)}`);
      this.isPending = false;
      return true;
    }
  }
  for (const { name } of transitions) {
    StateMachine.prototype[name] = function fire(...values) {
      return this.fire(name, values);
    };
  }
  return StateMachine;
}
