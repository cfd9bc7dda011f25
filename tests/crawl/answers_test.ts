import { assertEquals } from "@std/assert";
import { Answered, AnswerTally } from "../../src/crawl/answers.ts";
import { ipAddress } from "../../src/address/address.ts";

const NONE = { ipv4: 0, ipv6: 0, onion: 0, i2p: 0, cjdns: 0 };

Deno.test("Answered adds up what was in each message", () => {
  const answered = new Answered();
  answered.add({ networks: { ...NONE, ipv4: 3, onion: 1 }, new: 2, skipped: 1 });
  answered.add({ networks: { ...NONE, ipv4: 1, i2p: 4 }, new: 5, skipped: 0 });
  const address = ipAddress("192.0.2.1", 8333);
  const answer = { outcome: "answered", messages: 2, entries: 10, wait: 41.5 } as const;
  assertEquals(answered.result(address, answer), {
    type: "addrs",
    address,
    outcome: "answered",
    messages: 2,
    entries: 10,
    new: 7,
    networks: { ipv4: 4, ipv6: 0, onion: 1, i2p: 4, cjdns: 0 },
    skipped: 1,
    wait: 41.5,
  });
});

Deno.test("AnswerTally counts each outcome, and all entries", () => {
  const tally = new AnswerTally();
  for (const outcome of ["answered", "silent", "answered", "self_only", "malformed", "closed"] as const) {
    tally.add({ outcome, entries: 3 });
  }
  assertEquals(tally.counts, {
    asked: 6,
    answered: 2,
    selfOnly: 1,
    silent: 1,
    malformed: 1,
    closed: 1,
    entries: 18,
  });
});

Deno.test("AnswerTally goes on from the counts of a first part", () => {
  const first = { asked: 80, answered: 1, selfOnly: 2, silent: 3, malformed: 4, closed: 5, entries: 600 };
  const tally = new AnswerTally(first);
  assertEquals(tally.counts, first);
  for (const outcome of ["answered", "self_only", "silent", "malformed", "closed"] as const) {
    tally.add({ outcome, entries: 1 });
  }
  assertEquals(tally.counts, {
    asked: 85,
    answered: 2,
    selfOnly: 3,
    silent: 4,
    malformed: 5,
    closed: 6,
    entries: 605,
  });
});
