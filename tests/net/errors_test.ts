import { assert, assertEquals, assertInstanceOf, assertStrictEquals, assertStringIncludes } from "@std/assert";
import { HandshakeError } from "../../src/handshake/errors.ts";
import { DialError, DnsError, isPeerGone, osErrorCode, toDialError, toFailure } from "../../src/net/errors.ts";
import { TransportError } from "../../src/transport/errors.ts";
import { osError } from "../support/scripted_io.ts";

/** What Deno 2.9 on Linux throws when a connect or a read fails so, where that is more than a known code. */
const ODD_ERRORS: readonly Error[] = [
  new Error("Protocol not available (os error 92)"),
  Object.assign(new Error("Operation not supported (os error 95)"), { code: "ENOTSUP" }),
  new Error("Machine is not on the network (os error 64)"),
  new Error("Protocol error (os error 71)"),
  new Error("Host is down (os error 112)"),
  new Error("Network is down (os error 100)"),
  new Error("Network dropped connection on reset (os error 102)"),
  new Error("Key was rejected by service (os error 129)"),
  Object.assign(new Error("No buffer space available (os error 105)"), { code: "ENOBUFS" }),
  Object.assign(new Error("Cannot allocate memory (os error 12)"), { code: "ENOMEM" }),
  Object.assign(new Error("Protocol not supported (os error 93)"), { code: "EPROTONOSUPPORT" }),
  Object.assign(new Error("Input/output error (os error 5)"), { code: "EIO" }),
  Object.assign(new Deno.errors.NotConnected("Transport endpoint is not connected (os error 107)"), {
    code: "ENOTCONN",
  }),
  Object.assign(new Deno.errors.AddrInUse("Address already in use (os error 98)"), { code: "EADDRINUSE" }),
  Object.assign(new Deno.errors.WouldBlock("Resource temporarily unavailable (os error 11)"), { code: "EAGAIN" }),
  // Windows: WSAENETRESET, WSAEDISCON.
  new Error("The connection has been broken due to keep-alive activity (os error 10052)"),
  Object.assign(new Error("A disconnect has been initiated (os error 10101)"), { code: "WSAEDISCON" }),
];

function dialError(error: Error): DialError {
  const made = toDialError(error);
  assertInstanceOf(made, DialError, error.message);
  assertStrictEquals(made.cause, error);
  return made;
}

Deno.test("toDialError() takes what the operating system says, with a code or without, for connection_failed in its words", () => {
  for (const error of ODD_ERRORS) {
    const { code, message } = dialError(error);
    assertEquals([code, message], ["connection_failed", `the operating system says: ${error.message}`]);
  }
});

Deno.test("toFailure() says where the operating system has no route, and leaves the word of a router at unreachable", () => {
  const noRoute = (code: string) => toFailure(toDialError(osError(code)), "connect").noRoute;
  for (const code of ["ENETUNREACH", "ENETDOWN", "EPERM", "EADDRNOTAVAIL", "EAFNOSUPPORT", "WSAENETUNREACH"]) {
    assertEquals(noRoute(code), true, code);
  }
  for (const code of ["EHOSTUNREACH", "EHOSTDOWN", "EACCES", "EINVAL", "ECONNREFUSED"]) {
    assertEquals(noRoute(code), undefined, code);
  }
});

Deno.test("toDialError() names the operating system's error if that comes without words", () => {
  assertStringIncludes(dialError(Object.assign(new Error(), { code: "EPROTO" })).message, "says: EPROTO");
});

Deno.test("toDialError() knows an error by Deno's name, where it comes without code, and by that of Windows", () => {
  const cases: readonly (readonly [Error, string])[] = [
    [new Deno.errors.ConnectionRefused("no"), "connection_refused"],
    [new Deno.errors.ConnectionReset("no"), "connection_reset"],
    [new Deno.errors.ConnectionAborted("no"), "connection_reset"],
    [new Deno.errors.BrokenPipe("no"), "connection_reset"],
    [new Deno.errors.TimedOut("no"), "timeout"],
    [new Deno.errors.PermissionDenied("no"), "host_unreachable"],
    [new Deno.errors.AddrNotAvailable("no"), "host_unreachable"],
    [new Deno.errors.NetworkUnreachable("no"), "host_unreachable"],
    [new Deno.errors.NotConnected("no"), "connection_failed"],
    [new Deno.errors.AddrInUse("no"), "connection_failed"],
    [osError("WSAECONNREFUSED"), "connection_refused"],
    [osError("WSAECONNRESET"), "connection_reset"],
    [osError("WSAETIMEDOUT"), "timeout"],
    [osError("WSAEHOSTUNREACH"), "host_unreachable"],
    [osError("WSAENETDOWN"), "host_unreachable"],
  ];
  for (const [error, code] of cases) assertEquals(dialError(error).code, code, `${error.name} ${error.message}`);
});

Deno.test("toDialError() leaves alone what is not the operating system's", () => {
  const others = [
    new TypeError("a slip of ours"),
    Object.assign(new TypeError("a wrong argument"), { code: "ERR_INVALID_ARG_TYPE" }),
    Object.assign(new Error("an unknown object"), { code: 7 }),
    new Deno.errors.BadResource("the connection is closed"),
    new Deno.errors.Interrupted("operation canceled"),
    new DOMException("aborted", "AbortError"),
    new DialError("proxy_failure", "replied STREAM STATUS RESULT=I2P_ERROR MESSAGE=(os error 23)"),
    "ECONNRESET",
    null,
  ];
  for (const error of others) {
    assertStrictEquals(toDialError(error), error);
    assertEquals(osErrorCode(error), "");
  }
});

Deno.test("osErrorCode() knows that the machine has no file descriptor left, for which Deno has no name", () => {
  assertEquals(osErrorCode(new Error("Too many open files in system (os error 23)")), "ENFILE");
});

Deno.test("isPeerGone() tells a write to a peer that has gone from any other failure", () => {
  assert(["ECONNRESET", "ECONNABORTED", "EPIPE", "WSAECONNRESET"].every((code) => isPeerGone(osError(code))));
  for (const error of [...ODD_ERRORS, osError("ETIMEDOUT"), new TypeError("a slip of ours")]) {
    assertEquals(isPeerGone(error), false, error.message);
  }
});

Deno.test("toDialError() says which permission Deno needs, and leaves out how Deno says that", () => {
  const denied = new Deno.errors.NotCapable(
    'Requires net access to "192.0.2.7:8333", run again with the --allow-net flag',
  );
  const { code, message } = dialError(denied);
  assertEquals([code, message], [
    "permission_denied",
    'Requires net access to "192.0.2.7:8333": run again with --allow-net',
  ]);
});

Deno.test("toFailure() takes the errors of each part for what they say, and any other for a bug", () => {
  const cases = [
    [new DialError("timeout", "late"), "timeout", "late"],
    [new DnsError("dns_timeout", "late"), "dns_timeout", "late"],
    [new TransportError("wrong_network", "testnet"), "wrong_network", "testnet"],
    [new HandshakeError("rejected", "too old"), "rejected", "too old"],
    [new TypeError("a slip"), "internal", "A bug in this program, please report it: TypeError: a slip"],
    ["a slip", "internal", "A bug in this program, please report it: a slip"],
  ] as const;
  for (const [error, code, message] of cases) {
    const phase = "version";
    assertEquals<unknown>(toFailure(error, phase), { code, phase, message });
  }
  const noRoute = new DialError("host_unreachable", "no route", { noRoute: true });
  assertEquals(toFailure(noRoute, "connect"), {
    code: "host_unreachable",
    phase: "connect",
    message: "no route",
    noRoute: true,
  });
});

Deno.test("toFailure() escapes unprintable characters of any origin", () => {
  const text = "отказ\x1b[2J\x9b\u202e";
  const shown = "отказ\\x1b[2J\\x9b\\u{202e}";
  for (const error of [new DnsError("dns_failure", text), new DialError("connection_failed", text)]) {
    assertEquals(toFailure(error, "dns").message, shown);
  }
  assertEquals(toFailure(new Error(text), "dns").message.endsWith(shown), true);
});
