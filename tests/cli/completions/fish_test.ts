import { assert, assertMatch } from "@std/assert";
import { fishCompletions } from "../../../src/cli/completions/fish.ts";

Deno.test("fishCompletions() tells of an option's forms and of its value in the language of fish", () => {
  const script = fishCompletions();
  const lines = [
    /^complete -c bitcoin-p2p-handshake -s q -l quiet -d '/m,
    /^complete -c bitcoin-p2p-handshake -l demo -d '/m,
    /^complete -c bitcoin-p2p-handshake -s c -l chain -x -a 'mainnet [\w ]+' -d '/m,
    /^complete -c bitcoin-p2p-handshake -s s -l services -x -a '\(__fish_append , NETWORK [\w ]+\)' -d '/m,
    /^complete -c bitcoin-p2p-handshake -l targets -r -F -d '/m,
    /^complete -c bitcoin-p2p-handshake -s p -l port -x -d '/m,
    /^complete -c bitcoin-p2p-handshake -l trace -a 'text mermaid' -d '/m,
  ];
  for (const line of lines) assertMatch(script, line);
  assert(!script.includes("undefined"));
});
