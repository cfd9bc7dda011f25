import { assertEquals } from "@std/assert";
import { HandshakeError } from "../../src/handshake/errors.ts";
import { DialError } from "../../src/net/errors.ts";
import { type Circumstances, explain } from "../../src/net/explain.ts";
import { TransportError } from "../../src/transport/errors.ts";
import { osError } from "../support/scripted_io.ts";

/** A v1 peer that has sent bytes, with time left. */
const USUAL: Omit<Circumstances, "error"> = {
  phase: "verack",
  timeout: 5000,
  overdue: false,
  mayFallBack: false,
  gaveUp: false,
  unanswered: false,
  rejection: null,
};

/** Before a byte has come over v2. */
const UNANSWERED = { phase: "transport", unanswered: true } as const;

/** What an error means in these circumstances, as one line. */
function meaning(error: unknown, circumstances: Partial<Circumstances> = {}): string {
  const { code, phase, message } = explain({ ...USUAL, error, ...circumstances });
  return `${phase} ${code}: ${message}`;
}

const CLOSED = new HandshakeError("connection_closed", "the peer closed");
const RESET = osError("ECONNRESET");
const CANCELLED = new Deno.errors.Interrupted("operation canceled");

Deno.test("explain() takes an error for what it says, in the phase in which it came", () => {
  assertEquals(meaning(CLOSED), "verack connection_closed: the peer closed");
  assertEquals(meaning(RESET), "verack connection_reset: connection reset by peer");
  assertEquals(meaning(RESET, { phase: "proxy" }), "proxy connection_reset: connection reset by peer");
  assertEquals(
    meaning(new TypeError("a slip")),
    "verack internal: A bug in this program, please report it: TypeError: a slip",
  );
});

Deno.test("explain() says of what a deadline closed for what it waited, and how long", () => {
  const overdue = { overdue: true };
  assertEquals(meaning(CANCELLED, overdue), "verack timeout: no verack within 5 s");
  assertEquals(
    meaning(CANCELLED, { ...overdue, phase: "transport", timeout: 1500 }),
    "transport timeout: no v2 session within 1.5 s",
  );
});

Deno.test("explain() takes a reset after a reject for that, and no other error", () => {
  const rejection = new HandshakeError("rejected", "too old");
  assertEquals(meaning(RESET, { rejection }), "verack rejected: too old");
  assertEquals(meaning(osError("ETIMEDOUT"), { rejection }), "verack timeout: connection timed out");
  assertEquals(meaning(CLOSED, { rejection }), "verack connection_closed: the peer closed");
  assertEquals(meaning(CANCELLED, { rejection, overdue: true }), "verack timeout: no verack within 5 s");
});

Deno.test("explain() takes a connection that ends without an answer for a refusal of v2, if time was left for v1", () => {
  const refusal = (how: string) => `transport v2_not_supported: Expected a v2 answer, but the peer ${how}`;
  const half = { mayFallBack: true, gaveUp: true };
  assertEquals(meaning(CLOSED, UNANSWERED), refusal("closed the connection"));
  assertEquals(meaning(RESET, UNANSWERED), refusal("reset the connection"));
  assertEquals(meaning(CANCELLED, { ...UNANSWERED, overdue: true }), refusal("stayed silent"));
  assertEquals(meaning(CANCELLED, { ...UNANSWERED, ...half }), refusal("stayed silent"));
  assertEquals(
    meaning(CANCELLED, { ...UNANSWERED, ...half, overdue: true }),
    "transport timeout: no v2 session within 5 s",
  );
  const answered = { mayFallBack: true, phase: "transport" } as const;
  assertEquals(meaning(RESET, answered), "transport connection_reset: connection reset by peer");
  assertEquals(meaning(new DialError("host_unreachable", "gone"), UNANSWERED), "transport host_unreachable: gone");
});

Deno.test("explain() does not count what was read of a connection that had been given up", () => {
  const refusal = "transport v2_not_supported: Expected a v2 answer, but the peer stayed silent";
  const late = { mayFallBack: true, gaveUp: true };
  for (const error of [CANCELLED, RESET, new TransportError("v2_protocol_error", "no tag")]) {
    for (const phase of ["transport", "version"] as const) assertEquals(meaning(error, { ...late, phase }), refusal);
  }
});

Deno.test("explain() counts what is no v2 to the transport, whenever it comes", () => {
  const error = new TransportError("v2_protocol_error", "no tag");
  assertEquals(meaning(error), "transport v2_protocol_error: no tag");
  assertEquals(meaning(new TransportError("wrong_network", "testnet")), "verack wrong_network: testnet");
});
