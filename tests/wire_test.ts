import { assert, assertEquals } from "@std/assert";
import { stripTypeScriptTypes } from "node:module";

type Wire = typeof import("../src/wire.ts");

const SRC = new URL("../src/", import.meta.url);

/** The oldest Node.js that anybody should have. */
const OLDEST_NODE = 20;

/** What {@linkcode probe} finds, in the runtime of this test. */
const FOUND = await probe(await import("../src/wire.ts"));

/** Uses all that the door to the wire has. It is also run elsewhere, as text, so it stands alone. */
async function probe(wire: Wire): Promise<unknown> {
  const { MAINNET, UNSPECIFIED_ADDRESS: nowhere } = wire;
  const onion = "pg6mmjiyjmcrsslvykfwnntlaru7p5svn6y2ymmju6nubxndf4pscryd.onion:8333";
  const texts = ["1.2.3.4:8333", "[2001:db8::1]:8333", "[fe80::1%eth0]:1", onion, "[fc00::1]:2"];
  const addresses = texts.map((text) => wire.parseAddress(text, { cjdns: true }) ?? wire.ipAddress("::", 0));
  const version = wire.encodeVersion({
    type: "version",
    protocolVersion: wire.DEFAULT_PROTOCOL_VERSION,
    services: wire.serviceFlags("NETWORK", "P2P_V2"),
    timestamp: 1_700_000_000n,
    addrRecv: { ...nowhere, ...wire.ipAddress("1.2.3.4", MAINNET.port) },
    addrFrom: nowhere,
    nonce: 0x0123_4567_89ab_cdefn,
    userAgent: new TextEncoder().encode("/any:1.0/"),
    startHeight: 940_000,
    relay: null,
  });
  const messages = ["version", "verack", "ping", "feefilter"].map((type) => {
    const message = wire.decodeMessage(type, type === "version" ? version : new Uint8Array(type === "ping" ? 8 : 0));
    return [message, wire.encodeMessage(message)];
  });
  let error: unknown;
  try {
    wire.decodeVersion(version.subarray(0, 50));
  } catch (thrown) {
    error = thrown instanceof wire.WireError ? [thrown.code, thrown.message] : String(thrown);
  }
  const writer = new wire.PayloadWriter(9);
  wire.writeCompactSize(writer, 70_000, "x");
  const found = {
    messages,
    error,
    compactSize: wire.readCompactSize(new wire.PayloadReader(writer.finish()), "x"),
    addresses: addresses.map((address) => [address, wire.formatAddress(address), [...wire.hostBytes(address)]]),
    groups: addresses.map((address) => wire.formatNetworkGroup(wire.networkGroup(address))),
    unroutable: addresses.map((address) => wire.whyUnroutable(address) ?? null),
    chains: wire.CHAINS.map(({ name, magic }) => [name, wire.chainByMagic(magic)?.name, wire.findChain(name)?.port]),
    signet: await wire.signetChain(Uint8Array.of(0x51)),
    services: [wire.parseServices("NETWORK,WITNESS"), wire.serviceNames(0xc09n)],
    escaped: wire.escapeBytes(Uint8Array.of(0x41, 0x1b, 0x5c)),
  };
  return JSON.stringify(found, (_key, value) => typeof value === "bigint" ? `${value}n` : value);
}

/** The version of Node.js that is installed, 0 without one. */
async function nodeVersion(): Promise<number> {
  try {
    const { stdout } = await new Deno.Command("node", { args: ["--version"], stderr: "null" }).output();
    return Number(/^v(\d+)/.exec(new TextDecoder().decode(stdout))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Writes the modules of some folders without their types to `target`, as a bundler would. */
async function writeJavaScript(target: string, folder = ""): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, SRC))) {
    const path = `${folder}${name}`;
    if (isDirectory && (folder !== "" || ["address", "crypto", "wire"].includes(name))) {
      await Deno.mkdir(`${target}/${path}`);
      await writeJavaScript(target, `${path}/`);
    } else if (path.endsWith(".ts")) {
      const code = stripTypeScriptTypes(await Deno.readTextFile(new URL(path, SRC)));
      await Deno.writeTextFile(`${target}/${path.slice(0, -2)}mjs`, code.replaceAll(/(from "\..*)\.ts"/g, '$1.mjs"'));
    }
  }
}

Deno.test("The door to the wire reads what it writes", () => {
  const { messages, compactSize, groups } = JSON.parse(String(FOUND));
  assertEquals(
    messages.map(([message, { messageType }]: [{ type: string }, { messageType: string }]) => {
      return [message.type, messageType];
    }),
    [["version", "version"], ["verack", "verack"], ["ping", "ping"], ["other", "feefilter"]],
  );
  assertEquals([compactSize, groups[0]], [70_000, "1.2.0.0/16"]);
});

const ignore = await nodeVersion() < OLDEST_NODE;

Deno.test(
  "Node.js gets the same from the door to the wire as Deno, without what browsers lack",
  { ignore },
  async () => {
    const target = await Deno.makeTempDir();
    try {
      await writeJavaScript(target);
      const program = `
      const { log } = console;
      for (const name of ["process", "Buffer", "global", "setImmediate"]) delete globalThis[name];
      const wire = await import("./wire.mjs");
      log(await (${probe})(wire));
    `;
      await Deno.writeTextFile(`${target}/program.mjs`, program);
      const { success, stdout, stderr } = await new Deno.Command("node", { args: [`${target}/program.mjs`] }).output();
      assert(success, new TextDecoder().decode(stderr));
      assertEquals(new TextDecoder().decode(stdout).trimEnd(), FOUND);
    } finally {
      await Deno.remove(target, { recursive: true });
    }
  },
);
