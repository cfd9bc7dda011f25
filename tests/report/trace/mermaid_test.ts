import { assertEquals } from "@std/assert";
import { ipAddress } from "../../../src/address/address.ts";
import type { TraceEvent } from "../../../src/net/trace.ts";
import { MermaidDiagrams } from "../../../src/report/trace/mermaid.ts";
import { encodeVersion } from "../../../src/wire/version.ts";
import { ascii } from "../../support/bytes.ts";
import { versionMessage } from "../../support/messages.ts";

const PEER = ipAddress("192.0.2.7", 8333);
const ENDED: TraceEvent = { type: "ended", error: null };
const LARGE = { type: "message", messageType: "version", size: 5000, payload: null, damage: null } as const;

function received(payload: Uint8Array, damage: string | null = null): TraceEvent {
  return { type: "message", direction: "received", messageType: "version", size: payload.length, payload, damage };
}

Deno.test("MermaidDiagrams draws a handshake when it is over", () => {
  const diagrams = new MermaidDiagrams();
  const verack = { type: "message", messageType: "verack", size: 0, payload: new Uint8Array(), damage: null } as const;
  assertEquals(diagrams.add(PEER, 1, { type: "connected", transport: "v1" }), null);
  assertEquals(diagrams.add(PEER, 2, { type: "session", sessionId: "ab12".repeat(16) }), null);
  assertEquals(diagrams.add(PEER, 2, { ...verack, direction: "sent" }), null);
  assertEquals(diagrams.add(PEER, 3, { ...verack, direction: "received" }), null);
  assertEquals(diagrams.add(PEER, 4, { type: "closed" }), null);
  assertEquals(diagrams.add(PEER, 5, ENDED), [
    "```mermaid",
    "sequenceDiagram",
    "    participant I as bitcoin-p2p-handshake",
    "    participant P as 192.0.2.7#58;8333",
    "    Note over I,P: connected, v1 transport, 1.0 ms",
    "    Note over I,P: v2 session ab12ab12..., 2.0 ms",
    "    I->>P: verack, 0 bytes",
    "    P->>I: verack, 0 bytes",
    "    Note over P: closes, 4.0 ms",
    "    Note over I,P: handshake succeeded<br/>5.0 ms",
    "```",
    "",
  ]);
});

Deno.test("MermaidDiagrams keeps handshakes apart, and forgets those that are over", () => {
  const diagrams = new MermaidDiagrams();
  const other = { ...PEER, port: 8334 };
  diagrams.add(PEER, 1, { type: "connected", transport: "v1" });
  diagrams.add(other, 2, { type: "connected", transport: "v1" });
  const notes = (lines: readonly string[] | null) => lines?.filter((line) => line.includes("connected"));
  assertEquals(notes(diagrams.add(PEER, 3, ENDED)), ["    Note over I,P: connected, v1 transport, 1.0 ms"]);
  assertEquals(notes(diagrams.add(other, 3, ENDED)), ["    Note over I,P: connected, v1 transport, 2.0 ms"]);
  assertEquals(notes(diagrams.add(PEER, 3, ENDED)), []);
});

Deno.test("MermaidDiagrams escapes and truncates everything that a peer says", () => {
  const said = "`<b>;#35;%%{}```&end:->>P";
  const diagrams = new MermaidDiagrams();
  diagrams.add(PEER, 1, received(encodeVersion(versionMessage({ userAgent: ascii(said + "x".repeat(100)) }))));
  const lines = diagrams.add(PEER, 2, ENDED) ?? [];
  assertEquals(lines.length, 8);
  const [, shown = ""] = /userAgent (.*?)<br\/>/.exec(lines[4] ?? "") ?? [];
  assertEquals(/[^\w .,()/#;-]|#(?!\d+;)/.test(shown), false, shown);
  const text = shown.replaceAll(/#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  assertEquals(text, `${said}${"x".repeat(80 - "userAgent ".length - said.length)}...`);
});

Deno.test("MermaidDiagrams breaks long sentences between words", () => {
  const diagrams = new MermaidDiagrams();
  diagrams.add(
    PEER,
    1,
    received(new Uint8Array(), "Expected the checksum of version to match its payload, and not another"),
  );
  const message = "Expected the version of a current node: 31800 or later, got 1";
  const lines = diagrams.add(PEER, 2, {
    type: "ended",
    error: { code: "obsolete_version", phase: "version", message },
  });
  assertEquals(lines?.slice(4, 6), [
    "    P->>I: version, 0 bytes<br/>Expected the checksum of version to match its<br/>payload, and not another",
    "    Note over I,P: Expected the version of a current node#58; 31800 or<br/>later, got 1<br/>2.0 ms",
  ]);
});

Deno.test("MermaidDiagrams fills lines up to 50 characters, and texts up to 80", () => {
  const ended = (message: string): TraceEvent => ({
    type: "ended",
    error: { code: "timeout", phase: "verack", message },
  });
  const drawn = (message: string) => new MermaidDiagrams().add(PEER, 1, ended(message))?.[4];
  const [a, b] = ["a".repeat(25), "b".repeat(24)];
  assertEquals(drawn(`${a} ${b}`), `    Note over I,P: ${a} ${b}<br/>1.0 ms`);
  assertEquals(drawn(`${a} ${b}b`), `    Note over I,P: ${a}<br/>${b}b<br/>1.0 ms`);
  const userAgent = (length: number) => {
    const diagrams = new MermaidDiagrams();
    diagrams.add(PEER, 1, received(encodeVersion(versionMessage({ userAgent: ascii("x".repeat(length)) }))));
    return /userAgent (.*?)<br/.exec(diagrams.add(PEER, 2, ENDED)?.[4] ?? "")?.[1];
  };
  assertEquals([70, 71].map(userAgent), ["x".repeat(70), `${"x".repeat(70)}...`]);
});

Deno.test("MermaidDiagrams draws a message of which the payload was not kept", () => {
  const diagrams = new MermaidDiagrams();
  diagrams.add(PEER, 1, { ...LARGE, direction: "received" });
  assertEquals(diagrams.add(PEER, 2, ENDED)?.[4], "    P->>I: version, 5000 bytes");
});
