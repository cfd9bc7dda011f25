import { assertEquals, assertStrictEquals } from "@std/assert";
import type { Failure } from "../../src/net/errors.ts";
import { OPTION_NAMES } from "../../src/net/option_names.ts";
import { mayBeOfOtherChain, withChainHint } from "../../src/net/other_chain.ts";
import { MAINNET, SIGNET } from "../../src/wire/chains.ts";

const record = (code: Failure["code"], phase: Failure["phase"]): Failure => ({
  code,
  phase,
  message: "it ended",
});

Deno.test("A peer may be on another chain if it closes without sending anything, or answers v2 without a session", () => {
  const doubtful = [
    [record("connection_closed", "version"), 0],
    [record("timeout", "transport"), 64],
    [record("connection_closed", "transport"), 64],
    [record("connection_reset", "transport"), 64],
    [record("v2_protocol_error", "transport"), 5000],
  ] as const;
  for (const [error, bytesReceived] of doubtful) {
    assertEquals(mayBeOfOtherChain(error, bytesReceived), true);
    const others = error.phase === "version" ? ", have no free slot, or have banned us" : "";
    assertEquals(withChainHint(error, bytesReceived, MAINNET, OPTION_NAMES), {
      ...error,
      message: `it ended; it may be on a chain other than mainnet (options.chain)${others}`,
    });
  }
});

Deno.test("withChainHint() names the option for the chain as its user knows it", () => {
  const names = { ...OPTION_NAMES, chain: "--chain, --signet-challenge" };
  assertEquals(
    withChainHint(record("timeout", "transport"), 64, SIGNET, names).message,
    "it ended; it may be on a chain other than signet (--chain, --signet-challenge)",
  );
});

Deno.test("A peer that speaks our chain, is silent, resets or cannot be reached is not suspected to be on another", () => {
  const others = [
    [record("connection_closed", "version"), 1],
    [record("timeout", "version"), 0],
    [record("connection_reset", "version"), 0],
    [record("timeout", "verack"), 100],
    [record("timeout", "connect"), 0],
    [record("timeout", "transport"), 0],
    [record("timeout", "transport"), 63],
    [record("v2_not_supported", "transport"), 0],
    [record("v2_protocol_error", "version"), 5000],
    [record("not_bitcoin", "transport"), 64],
  ] as const;
  for (const [error, bytesReceived] of others) {
    assertEquals(mayBeOfOtherChain(error, bytesReceived), false, `${error.code} ${error.phase}`);
    assertStrictEquals(withChainHint(error, bytesReceived, MAINNET, OPTION_NAMES), error);
  }
});
