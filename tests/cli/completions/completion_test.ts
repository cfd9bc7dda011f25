import { assertEquals } from "@std/assert";
import { COMPLETIONS } from "../../../src/cli/completions/completion.ts";

/** What a shell is told of an option, except for what it is for. */
function completionOf(name: string): unknown {
  const { help: _, ...completion } = COMPLETIONS.find(({ long }) => long === name) ?? {};
  return completion;
}

Deno.test("COMPLETIONS has each option with its letter, and how its value is given", () => {
  const once = { joined: false, repeatable: false };
  const any = (placeholder: string) => ({ placeholder, kind: "any", words: [] });
  const file = (placeholder: string) => ({ placeholder, kind: "file", words: [] });
  const cases = [
    { long: "demo", value: null, ...once },
    { long: "quiet", short: "q", value: null, ...once },
    { long: "port", short: "p", value: any("PORT"), ...once },
    { long: "report", value: file("FILE.html"), ...once },
    { long: "targets", value: file("FILE"), joined: false, repeatable: true },
    {
      long: "trace",
      value: { placeholder: "FORM", kind: "word", words: ["text", "mermaid"] },
      joined: true,
      repeatable: false,
    },
    {
      long: "onlynet",
      value: { placeholder: "NET,...", kind: "list", words: ["ipv4", "ipv6", "onion", "i2p", "cjdns"] },
      joined: false,
      repeatable: true,
    },
  ];
  for (const completion of cases) assertEquals(completionOf(completion.long), completion);
});
