import { assertEquals } from "@std/assert";
import type { PeerRecord } from "../../src/report/records/peer.ts";
import { type PeerScript, SimulatedPeer } from "../../src/sim/peer.ts";
import { encodeVersion } from "../../src/wire/version.ts";
import { type Answer, CapturingPeer } from "../support/capture.ts";
import { ascii, concat } from "../support/bytes.ts";
import { frame, nodeVersion, speak, speakAndHear, versionFrame } from "../support/raw.ts";
import { type ProgramResult, runProgram } from "../support/program.ts";

const version = await versionFrame();
const verack = await frame("verack");
const ping = await frame("ping", Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));

function scan(...targets: string[]): Promise<ProgramResult> {
  return runProgram(["--format", "ndjson", "-t", "10", ...targets]);
}

async function scanScript(script: PeerScript): Promise<PeerRecord> {
  await using peer = new SimulatedPeer(script);
  return (await scan(peer.target)).peer(peer.target);
}

Deno.test("Messages between are ignored, whatever their name", async () => {
  const names = [
    "wtxidrelay",
    "sendaddrv2",
    "sendtxrcncl",
    "feature",
    "sendheaders",
    "sendcmpct",
    "feefilter",
    "alert",
    "inv",
    "reject",
    "never-heard",
  ];
  const between = await Promise.all(names.map((name) => frame(name, ascii("any payload"))));
  const { success, verack: came, messages } = await scanScript(speakAndHear(version, ...between, verack));
  assertEquals({ success, came, messages }, { success: true, came: true, messages: ["version", ...names, "verack"] });
});

Deno.test("Messages before the version are ignored, a verack too", async () => {
  const { success, messages } = await scanScript(speakAndHear(ping, verack, await frame("inv"), version, verack));
  assertEquals({ success, messages }, { success: true, messages: ["ping", "verack", "inv", "version", "verack"] });
});

Deno.test("A second version is ignored", async () => {
  const second = await versionFrame({ userAgent: ascii("/second/"), protocolVersion: 209 });
  const { success, subver, version: protocolVersion } = await scanScript(speakAndHear(version, second, verack));
  assertEquals({ success, subver, protocolVersion }, {
    success: true,
    subver: "/Satoshi:31.0.0/",
    protocolVersion: 70016,
  });
});

Deno.test("An ignored message that is damaged is dropped", async () => {
  const damaged = [
    await frame("inv", ascii("x"), { badChecksum: true }),
    await frame("ping", new Uint8Array(3)),
    await frame("inv", undefined, { typeBytes: Uint8Array.from({ length: 12 }, (_, i) => 0xff - i) }),
  ];
  const { success, messages } = await scanScript(speakAndHear(...damaged, version, ...damaged, verack));
  assertEquals({ success, count: messages.length }, { success: true, count: 8 });
});

Deno.test("One byte at a time or all at once: the result is the same", async () => {
  const all = concat(ping, version, await frame("sendcmpct", new Uint8Array(9)), ping, verack);
  const byteByByte: PeerScript = async (link) => {
    for (const byte of all) {
      await link.sendBytes(Uint8Array.of(byte));
      await link.wait(0);
    }
    await link.waitForClose();
  };
  await using whole = new SimulatedPeer(speak(all));
  await using drip = new SimulatedPeer(byteByByte);
  const result = await scan(whole.target, drip.target);
  const comparable = (target: string) => {
    const { target: _target, addr: _addr, connect_ms: _connect, handshake_ms: _time, timeoffset: _offset, ...rest } =
      result
        .peer(target);
    return rest;
  };
  assertEquals(comparable(drip.target), comparable(whole.target));
  assertEquals(result.peer(drip.target).bytesrecv, all.length);
  assertEquals(result.peer(drip.target).success, true);
});

Deno.test("A ping after the version is answered with its pong, one before is not", async () => {
  const early = await frame("ping", new Uint8Array(8));
  const answers = [concat(early, version, ping), verack];
  const answer = (): Answer => {
    let heard = 0;
    // The verack goes out when our version, verack and pong have come.
    return (bytes) => {
      const before = heard;
      heard += bytes.length;
      if (before === 0) return answers[0] ?? null;
      return answers.length === 2 && endsInPong(bytes) ? answers.pop() ?? null : new Uint8Array();
    };
  };
  await using peer = new CapturingPeer(answer);
  const result = await scan(peer.target);
  assertEquals(result.code, 0);
  const frames = (await peer.connection()).frames();
  assertEquals(frames.map(({ messageType }) => messageType), ["version", "verack", "pong"]);
  assertEquals(frames.at(-1)?.payload, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
});

function endsInPong(bytes: Uint8Array): boolean {
  return bytes.subarray(-8).toHex() === "0102030405060708";
}

Deno.test("A peer that closes after its version has succeeded without verack", async () => {
  const scripts = {
    atOnce: speakAndHear(version),
    withinTheVerack: speakAndHear(concat(version, verack.subarray(0, 10))),
    afterOtherMessages: speakAndHear(concat(version, await frame("wtxidrelay"))),
  };
  await using stack = new AsyncDisposableStack();
  const targets = Object.values(scripts).map((script) => stack.use(new SimulatedPeer(script)).target);
  const result = await scan(...targets);
  for (const { success, verack, error, subver } of result.peers) {
    assertEquals({ success, verack, error, subver }, {
      success: true,
      verack: false,
      error: null,
      subver: "/Satoshi:31.0.0/",
    });
  }
  const { peers, success, failure, verack_missing } = result.summary;
  assertEquals({ peers, success, failure, verack_missing }, { peers: 3, success: 3, failure: 0, verack_missing: 3 });
  assertEquals(result.code, 0);
});

Deno.test("Only the fields up to addr_recv are mandatory in a version", async () => {
  const payload = encodeVersion(nodeVersion({ protocolVersion: 31800 }));
  const record = await scanScript(speakAndHear(await frame("version", payload.slice(0, 46)), verack));
  const { success, version: protocolVersion, services, subver, startingheight, relaytxes } = record;
  assertEquals({ success, protocolVersion, services, subver, startingheight, relaytxes }, {
    success: true,
    protocolVersion: 31800,
    services: "0000000000000c09",
    subver: null,
    startingheight: null,
    relaytxes: null,
  });
});

Deno.test("The relay byte of a version may be absent, 0, 1 or any other, with bytes after it", async () => {
  const payload = encodeVersion(nodeVersion());
  const withRelay = (...bytes: number[]) => concat(payload.subarray(0, -1), Uint8Array.from(bytes));
  await using stack = new AsyncDisposableStack();
  const endings = [[], [0], [1], [2], [0xff], [1, 2, 3, 4]];
  const targets: string[] = [];
  for (const ending of endings) {
    const script = speakAndHear(await frame("version", withRelay(...ending)), verack);
    targets.push(stack.use(new SimulatedPeer(script)).target);
  }
  const result = await scan(...targets);
  assertEquals(targets.map((target) => result.peer(target).relaytxes), [null, false, true, true, true, true]);
});
