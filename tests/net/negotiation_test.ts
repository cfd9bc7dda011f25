import { assertEquals, assertRejects } from "@std/assert";
import { DialError } from "../../src/net/errors.ts";
import { negotiate, type Negotiation } from "../../src/net/negotiation.ts";
import { ascii, concat } from "../support/bytes.ts";
import { osError, type ReadStep, ScriptedConnection } from "../support/scripted_io.ts";

/** A negotiation that says `a`, hears three bytes, says `b`, hears two more, and leaves the rest to the peer. */
class FiveBytes implements Negotiation {
  #output = "a";
  #heard = new Uint8Array();
  readonly awaitsPeer = false;
  rest: Uint8Array | null = null;

  takeOutput(): Uint8Array {
    const output = this.#output;
    this.#output = "";
    return ascii(output);
  }

  receive(bytes: Uint8Array): void {
    const before = this.#heard.length;
    this.#heard = concat(this.#heard, bytes);
    if (before < 3 && this.#heard.length >= 3) this.#output = "b";
    if (this.#heard.length >= 5) this.rest = this.#heard.subarray(5);
  }
}

/** All that is read from a connection, `size` bytes at once. */
async function readAll(connection: Pick<ScriptedConnection, "read">, size: number): Promise<string> {
  const buffer = new Uint8Array(size);
  let text = "";
  for (let length; (length = await connection.read(buffer)) !== null;) {
    text += new TextDecoder().decode(buffer.subarray(0, length));
  }
  return text;
}

Deno.test("negotiate() gives the peer's bytes to whoever reads next, however large the buffer", async () => {
  for (const steps of [["12345peer", "end"], ["123", "45", "peer", "end"], ["1", "2345p", "eer", "end"]]) {
    for (const size of [1, 3, 100]) {
      const parts = steps.map((step): ReadStep => step === "end" ? "end" : ascii(step));
      const connection = new ScriptedConnection(...parts);
      const begun = await negotiate(connection, new FiveBytes());
      assertEquals(await readAll(begun, size), "peer", `${steps} ${size}`);
      assertEquals(new TextDecoder().decode(Uint8Array.from(connection.written)), "ab");
      begun.close();
      assertEquals(connection.closed, 1);
    }
  }
});

Deno.test("negotiate() writes to the peer over the same connection", async () => {
  const connection = new ScriptedConnection(ascii("12345peer"));
  const begun = await negotiate(connection, new FiveBytes());
  assertEquals(await begun.write(ascii("hello")), 5);
  assertEquals(new TextDecoder().decode(Uint8Array.from(connection.written)), "abhello");
});

Deno.test("negotiate() says that the proxy has closed or reset the connection", async () => {
  for (
    const [step, reason] of [
      ["end", "closed the connection instead of answering"],
      [osError("ECONNRESET"), "connection reset by the proxy"],
    ] as const
  ) {
    const connection = new ScriptedConnection(ascii("123"), step);
    const error = await assertRejects(() => negotiate(connection, new FiveBytes()), DialError, reason);
    assertEquals(error.code, "proxy_unreachable");
  }
});

Deno.test("negotiate() reads what a proxy has said before it was gone", async () => {
  const connection = new ScriptedConnection(ascii("12345"));
  connection.writeError = osError("EPIPE");
  await negotiate(connection, new FiveBytes());
  const broken = new ScriptedConnection(ascii("12345"));
  broken.writeError = osError("ENETDOWN");
  const error = await assertRejects(() => negotiate(broken, new FiveBytes()), DialError, "network is down");
  assertEquals(error.code, "proxy_unreachable");
});
