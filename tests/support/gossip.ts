import { assert } from "@std/assert";
import { V1Transport } from "../../src/transport/v1.ts";
import { AddrReader } from "../../src/wire/addr_reader.ts";
import { MAINNET } from "../../src/wire/chains.ts";
import { askingPayloadLimit } from "../../src/wire/messages.ts";
import { framesOf, isIntact } from "./v1.ts";

/** The IPv4 addresses in the last of some v1 messages, which must be an `addrv2` with the right checksum. */
export async function lastAddresses(bytes: Uint8Array): Promise<string[]> {
  const frame = Array.from(framesOf(new V1Transport(MAINNET, askingPayloadLimit), bytes)).at(-1);
  assert(frame?.messageType === "addrv2" && frame.payload !== null && await isIntact(frame));
  const { payload } = frame;
  const reader = new AddrReader("addrv2", payload);
  const addresses: string[] = [];
  while (reader.next()) {
    addresses.push(`${payload.subarray(reader.offset, reader.offset + reader.size).join(".")}:${reader.port}`);
  }
  return addresses;
}
