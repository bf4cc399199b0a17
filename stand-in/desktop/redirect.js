// Runs in the agent's page before all other scripts. Redirects requests to Twilio's hosts, and to the hosts of Flex's
// fonts and statistics, to the stand-in at /@/HOST/PATH. The page's code still sees the original URLs.
// One function around everything, so that the page gets no global variables.
(function () {
  "use strict";

  var flexHost = /(^|\.)(twilio\.com|twiliocdn\.com|twil\.io|ytica\.com|googleapis\.com|gstatic\.com)$/;

  function toStandIn(address) {
    var url;
    try {
      url = new URL(String(address), document.baseURI);
    } catch (_notAnAddress) {
      return address;
    }
    if (!flexHost.test(url.hostname)) return address;
    var isSocket = url.protocol === "wss:" || url.protocol === "ws:";
    var origin = isSocket ? location.origin.replace(/^http/, "ws") : location.origin;
    return origin + "/@/" + url.host + url.pathname + url.search;
  }

  function toTwilio(address) {
    var match = /^(http|ws):\/\/([^/]+)\/@\/(.+)$/.exec(address);
    if (!match || match[2] !== location.host) return address;
    return (match[1] === "ws" ? "wss://" : "https://") + match[3];
  }

  function redirectFetch() {
    var nativeFetch = window.fetch;
    window.fetch = function fetch(input, init) {
      var response = input instanceof Request ? redirectRequest(input, init) : nativeFetch(toStandIn(input), init);
      return response.then(withTwilioUrl);
    };

    function redirectRequest(request, init) {
      if (toStandIn(request.url) === request.url) return nativeFetch(request, init);
      var merged = new Request(request, init);
      var hasBody = merged.method !== "GET" && merged.method !== "HEAD";
      // A Request's body is a stream, which can be sent over HTTP/2 only.
      return (hasBody ? merged.blob() : Promise.resolve(undefined)).then(function (body) {
        return nativeFetch(toStandIn(merged.url), {
          method: merged.method,
          headers: merged.headers,
          body: body,
          credentials: merged.credentials,
          cache: merged.cache,
          redirect: merged.redirect,
          signal: merged.signal,
        });
      });
    }

    function withTwilioUrl(response) {
      var url = toTwilio(response.url);
      if (url !== response.url) Object.defineProperty(response, "url", { value: url, configurable: true });
      return response;
    }
  }

  function redirectXhr() {
    var prototype = XMLHttpRequest.prototype;
    var nativeOpen = prototype.open;
    prototype.open = function open(method, address) {
      var rest = Array.prototype.slice.call(arguments, 2);
      return nativeOpen.apply(this, [method, toStandIn(address)].concat(rest));
    };
    var nativeUrl = Object.getOwnPropertyDescriptor(prototype, "responseURL");
    Object.defineProperty(prototype, "responseURL", {
      configurable: true,
      enumerable: true,
      get: function () {
        return toTwilio(nativeUrl.get.call(this));
      },
    });
  }

  function redirectWebSocket() {
    var NativeWebSocket = window.WebSocket;
    window.WebSocket = class WebSocket extends NativeWebSocket {
      constructor(address, protocols) {
        super(toStandIn(address), protocols === undefined ? [] : protocols);
      }
      get url() {
        return toTwilio(super.url);
      }
    };
  }

  function redirectBeacon() {
    var nativeBeacon = navigator.sendBeacon;
    navigator.sendBeacon = function sendBeacon(address, data) {
      return nativeBeacon.call(navigator, toStandIn(address), data);
    };
  }

  function redirectAttribute(prototype, name) {
    var native = Object.getOwnPropertyDescriptor(prototype, name);
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: native.enumerable,
      get: function () {
        return toTwilio(native.get.call(this));
      },
      set: function (address) {
        native.set.call(this, toStandIn(address));
      },
    });
    var nativeSetAttribute = prototype.setAttribute;
    prototype.setAttribute = function setAttribute(attribute, value) {
      var isAddress = String(attribute).toLowerCase() === name;
      return nativeSetAttribute.call(this, attribute, isAddress ? toStandIn(value) : value);
    };
  }

  function redirectAudio() {
    var NativeAudio = window.Audio;
    window.Audio = function Audio(address) {
      return address === undefined ? new NativeAudio() : new NativeAudio(toStandIn(address));
    };
    window.Audio.prototype = NativeAudio.prototype;
  }

  // Styles that scripts insert contain URLs of fonts and images, such as country flags.
  function redirectStyles() {
    var nativeInsertRule = CSSStyleSheet.prototype.insertRule;
    CSSStyleSheet.prototype.insertRule = function insertRule(rule, index) {
      return nativeInsertRule.call(this, redirectCss(String(rule)), index);
    };
    HTMLStyleElement.prototype.appendChild = function appendChild(child) {
      if (child.nodeType === Node.TEXT_NODE) child.data = redirectCss(child.data);
      return Node.prototype.appendChild.call(this, child);
    };
  }

  function redirectCss(css) {
    return css.replace(/url\((["']?)(https:[^"')]+)\1\)/g, function (all, quote, address) {
      return "url(" + quote + toStandIn(address) + quote + ")";
    });
  }

  // Flex, the SDKs and the plugin store logins, connection tokens and more. Agents in one browser, or in frames of one
  // page, need their own. Keys of the stand-in itself are shared.
  function separateStorages(agent) {
    var prototype = Storage.prototype;
    ["getItem", "setItem", "removeItem"].forEach(function (method) {
      var native = prototype[method];
      prototype[method] = function (key) {
        var args = Array.prototype.slice.call(arguments);
        if (!/^stand-in /.test(key)) args[0] = key + " " + agent;
        return native.apply(this, args);
      };
    });
  }

  redirectFetch();
  redirectXhr();
  redirectWebSocket();
  redirectBeacon();
  redirectAudio();
  redirectStyles();
  redirectAttribute(HTMLLinkElement.prototype, "href");
  redirectAttribute(HTMLImageElement.prototype, "src");
  redirectAttribute(HTMLMediaElement.prototype, "src");
  redirectAttribute(HTMLSourceElement.prototype, "src");
  redirectAttribute(HTMLScriptElement.prototype, "src");
  separateStorages(document.currentScript.getAttribute("data-agent"));
})();
