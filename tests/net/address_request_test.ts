import { assertEquals, assertRejects } from "@std/assert";
import { ipAddress } from "../../src/address/address.ts";
import { AddressRequest } from "../../src/net/address_request.ts";
import { type Deadline, Deadlines } from "../../src/net/deadline.ts";
import { DialledConnection } from "../../src/net/dialled_connection.ts";
import { MAX_ASKED_BYTES } from "../../src/session/answer.ts";
import type { ProgressEvent } from "../../src/session/events.ts";
import { TransportError } from "../../src/transport/errors.ts";
import { addrMessage } from "../../src/wire/addr.ts";
import type { Message } from "../../src/wire/messages.ts";
import { osError, ScriptedConnection } from "../support/scripted_io.ts";
import { VirtualClock } from "../support/virtual_clock.ts";

const WAIT = 10_000;
const TIMEOUT = 5000;

function event(direction: "sent" | "received", messageType: string, message: Message): ProgressEvent {
  return { type: "message", direction, messageType, size: 0, payload: null, damage: null, message };
}

const GETADDR = event("sent", "getaddr", { type: "getaddr" });
const PING = event("received", "ping", { type: "ping", nonce: 3n });

/** A message of so many addresses. */
function addresses(count: number): ProgressEvent {
  const address = ipAddress("192.0.2.1", 8333);
  const entries = Array.from({ length: count }, () => ({ time: 0, services: 0n, address }));
  return event("received", "addrv2", addrMessage("addrv2", entries));
}

/** What a connection gives: events while it is open, and how it ends. */
class FakePump {
  bytesReceived = 0;
  readonly asked: (number | undefined)[] = [];
  readonly #end = Promise.withResolvers<void>();
  #onEvent: (event: ProgressEvent) => boolean = () => false;

  constructor() {
    this.#end.promise.catch(() => {});
  }

  run(_buffer: Uint8Array, onEvent: (event: ProgressEvent) => boolean, maxBytes?: number): Promise<void> {
    this.asked.push(maxBytes);
    this.#onEvent = onEvent;
    return this.#end.promise;
  }

  hear(event: ProgressEvent): void {
    if (this.#onEvent(event)) this.#end.resolve();
  }

  end(error?: unknown): void {
    if (error === undefined) this.#end.resolve();
    else this.#end.reject(error);
  }
}

/** A request to a peer with whom the handshake is under way. */
function newRequest() {
  const clock = new VirtualClock();
  const controller = new AbortController();
  const begin = (milliseconds: number): Deadline => new Deadlines(clock, milliseconds, controller.signal).begin();
  const parts: number[] = [];
  const onAddresses = ({ count }: { readonly count: number }) => void parts.push(count);
  const request = new AddressRequest({ wait: WAIT, onAddresses, clock, dialer: { begin } });
  const connection = new ScriptedConnection();
  const pump = new FakePump();
  connection.close = () => {
    connection.closed++;
    pump.end(new Deno.errors.Interrupted("operation canceled"));
  };
  const dialled = new DialledConnection(connection, begin(TIMEOUT), 0, () => {});
  const told: string[] = [];
  const hearOut = () => {
    const hearing = request.hearOut(dialled, pump, new Uint8Array(1), ({ type }) => void told.push(type));
    hearing.catch(() => {});
    return hearing;
  };
  return { clock, request, parts, connection, pump, told, hearOut, abort: () => controller.abort(new Error("stop")) };
}

Deno.test("AddressRequest counts what comes after our getaddr, and nothing before", () => {
  const { clock, request, parts } = newRequest();
  request.hear(addresses(2));
  request.hear(event("sent", "verack", { type: "verack" }));
  request.hear(addresses(2));
  assertEquals([parts, request.summary], [[], null]);
  clock.advance(100);
  request.hear(GETADDR);
  request.hear({ type: "complete", verack: true });
  clock.advance(30);
  for (const event of [PING, addresses(1), addresses(1000)]) request.hear(event);
  assertEquals(parts, [1, 1000]);
  assertEquals(request.summary, { outcome: "answered", messages: 2, entries: 1001, wait: 30 });
});

Deno.test("AddressRequest says how a peer answered whose connection ends during the handshake, by how it ends", () => {
  const malformed = new TransportError("wrong_network", "no");
  const cases = [
    [0, osError("ECONNRESET"), false, "closed"],
    [0, osError("ECONNRESET"), undefined, "closed"],
    [0, malformed, false, "malformed"],
    [0, malformed, true, "silent"],
    [0, osError("ECONNRESET"), true, "silent"],
    [1, osError("ECONNRESET"), false, "self_only"],
    [2, osError("ECONNRESET"), false, "answered"],
    [2, malformed, false, "malformed"],
  ] as const;
  for (const [count, error, overdue, outcome] of cases) {
    const { request } = newRequest();
    request.hear(GETADDR);
    if (count > 0) request.hear(addresses(count));
    request.endWith(error, overdue);
    assertEquals(request.summary?.outcome, outcome, `${count} ${error.message} ${overdue}`);
  }
  const unasked = newRequest().request;
  unasked.endWith(malformed, false);
  assertEquals(unasked.summary, null);
});

Deno.test("AddressRequest has no answer when everything ends, unless it might be complete", async () => {
  for (const [count, outcome] of [[0, undefined], [1, undefined], [2, "answered"]] as const) {
    for (const isHearing of [false, true]) {
      const { request, hearOut, abort } = newRequest();
      request.hear(GETADDR);
      if (count > 0) request.hear(addresses(count));
      const hearing = isHearing ? hearOut() : null;
      abort();
      await hearing;
      if (!isHearing) request.endWith(new Deno.errors.Interrupted("operation canceled"), false);
      assertEquals(request.summary?.outcome, outcome);
    }
  }
});

Deno.test("AddressRequest closes the connection when its own time is over, not that of the handshake", async () => {
  const { clock, request, connection, told, hearOut } = newRequest();
  clock.advance(1000);
  request.hear(GETADDR);
  const hearing = hearOut();
  clock.advance(WAIT - 1);
  assertEquals([connection.closed, request.summary], [0, null]);
  clock.advance(1);
  await hearing;
  assertEquals(request.summary, { outcome: "silent", messages: 0, entries: 0, wait: WAIT });
  assertEquals([connection.closed, told], [1, []]);
});

Deno.test("AddressRequest closes the connection a second after the first message of several addresses", async () => {
  for (const isBefore of [false, true]) {
    const { clock, request, connection, pump, parts, told, hearOut } = newRequest();
    request.hear(GETADDR);
    if (isBefore) request.hear(addresses(2));
    const hearing = hearOut();
    for (const event of isBefore ? [] : [addresses(1), addresses(2)]) pump.hear(event);
    clock.advance(500);
    // One more does not make it any later.
    pump.hear(addresses(3));
    clock.advance(499);
    assertEquals(connection.closed, 0);
    clock.advance(1);
    await hearing;
    assertEquals([connection.closed, request.summary?.outcome, request.summary?.wait], [1, "answered", 500]);
    assertEquals([parts, told.length], isBefore ? [[2, 3], 1] : [[1, 2, 3], 3]);
  }
});

Deno.test("AddressRequest ends with the message that is as long as any, and takes what is late for nothing", async () => {
  const { clock, request, connection, pump, parts, hearOut } = newRequest();
  request.hear(GETADDR);
  const hearing = hearOut();
  pump.hear(addresses(1000));
  await hearing;
  assertEquals([connection.closed, request.summary?.outcome, pump.asked], [1, "answered", [MAX_ASKED_BYTES]]);
  pump.hear(addresses(1));
  assertEquals(parts, [1000]);
  const late = newRequest();
  late.request.hear(GETADDR);
  late.clock.advance(WAIT);
  late.request.hear(addresses(2));
  assertEquals([late.request.summary, late.parts], [{ outcome: "silent", messages: 0, entries: 0, wait: WAIT }, []]);
  assertEquals(clock.now(), 0);
});

Deno.test("AddressRequest reads nothing more when the answer is over before the handshake is", async () => {
  const { request, connection, pump, hearOut } = newRequest();
  request.hear(GETADDR);
  request.hear(addresses(1000));
  await hearOut();
  assertEquals([pump.asked, connection.closed, request.summary?.outcome], [[], 1, "answered"]);
});

Deno.test("AddressRequest has no more of a peer whose handshake was too late", async () => {
  const { clock, request, pump, hearOut } = newRequest();
  clock.advance(TIMEOUT - 1);
  request.hear(GETADDR);
  clock.advance(1);
  await hearOut();
  assertEquals([pump.asked, request.summary?.outcome], [[], "silent"]);
});

Deno.test("AddressRequest tells a peer that has closed from one that has said too much", async () => {
  for (const [bytes, outcome] of [[MAX_ASKED_BYTES - 1, "closed"], [MAX_ASKED_BYTES, "silent"]] as const) {
    const { request, connection, pump, hearOut } = newRequest();
    request.hear(GETADDR);
    const hearing = hearOut();
    pump.bytesReceived = bytes;
    pump.end();
    await hearing;
    assertEquals([request.summary?.outcome, connection.closed], [outcome, 1]);
  }
});

Deno.test("AddressRequest takes the errors of a connection for its end, and a bug for what it is", async () => {
  const { request, pump, hearOut } = newRequest();
  request.hear(GETADDR);
  const hearing = hearOut();
  assertEquals(request.heardOut, hearing);
  pump.end(osError("ECONNRESET"));
  await hearing;
  assertEquals(request.summary?.outcome, "closed");
  const buggy = newRequest();
  buggy.request.hear(GETADDR);
  const failing = buggy.hearOut();
  buggy.pump.end(new RangeError("a bug"));
  await assertRejects(() => failing, RangeError, "a bug");
  assertEquals([buggy.connection.closed, buggy.request.summary], [1, null]);
});
