/** In the bundle, this module replaces the event emitters of Twilio's Sync SDK: three copies of Node's, made for ES5. */

class EventEmitter {
  constructor() {
    this.listeners = new Map();
  }

  on(event, listener) {
    this.listeners.set(event, [...(this.listeners.get(event) || []), listener]);
    return this;
  }

  once(event, listener) {
    const callOnce = (...values) => {
      this.removeListener(event, callOnce);
      listener(...values);
    };
    callOnce.listener = listener;
    return this.on(event, callOnce);
  }

  removeListener(event, listener) {
    const rest = (this.listeners.get(event) || []).filter((each) => each !== listener && each.listener !== listener);
    this.listeners.set(event, rest);
    return this;
  }

  removeAllListeners() {
    this.listeners.clear();
    return this;
  }

  emit(event, ...values) {
    const listeners = this.listeners.get(event) || [];
    listeners.forEach((listener) => listener.apply(this, values));
    return listeners.length > 0;
  }
}

export { EventEmitter as default, EventEmitter as ReplayEventEmitter };
