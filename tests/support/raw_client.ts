/** A client of a server on loopback that says and hears bytes and lines as they are. */

import { assertEquals } from "@std/assert";
import type { IpAddress } from "../../src/address/address.ts";
import { ascii, concat } from "./bytes.ts";

/** One connection. */
export class RawClient implements Disposable {
  readonly #connection: Deno.TcpConn;

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /** Connects. */
  static async connect({ host, port }: IpAddress): Promise<RawClient> {
    return new RawClient(await Deno.connect({ hostname: host, port }));
  }

  /** Sends bytes, or a text. */
  async say(content: Uint8Array | string): Promise<void> {
    const bytes = typeof content === "string" ? ascii(content) : content;
    for (let sent = 0; sent < bytes.length;) sent += await this.#connection.write(bytes.subarray(sent));
  }

  /** Ends our stream. */
  async finish(): Promise<void> {
    await this.#connection.closeWrite();
  }

  /** Takes so many bytes, or fewer when the stream ends before. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let taken = 0;
    while (taken < length) {
      const count = await this.#connection.read(bytes.subarray(taken));
      if (count === null) break;
      taken += count;
    }
    return bytes.subarray(0, taken);
  }

  /** Asserts that these bytes come next. */
  async hear(content: Uint8Array | string): Promise<void> {
    const expected = typeof content === "string" ? ascii(content) : content;
    assertEquals(await this.take(expected.length), expected);
  }

  /** All bytes to the end of the stream. */
  async rest(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let part; (part = await this.take(4096)).length > 0;) parts.push(part);
    return concat(...parts);
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}
