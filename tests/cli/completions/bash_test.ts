import { assert, assertMatch } from "@std/assert";
import { bashCompletions } from "../../../src/cli/completions/bash.ts";

Deno.test("bashCompletions() tells of an option's forms and of its value in the language of bash", () => {
  const script = bashCompletions();
  const lines = [
    / -q --quiet /,
    /\w --demo --\w/,
    /^ {2}-c \| --chain \| --chain=\) kind=word words="mainnet [\w ]+" ;;$/m,
    /^ {2}-s \| --services \| --services=\) kind=list words="NETWORK [\w ]+" ;;$/m,
    /^ {2}--targets \| --targets=\) kind=file ;;$/m,
    /^ {2}-p \| --port \| --port=\) kind=any ;;$/m,
    /^ {2}--trace=\) kind=word words="text mermaid" ;;$/m,
  ];
  for (const line of lines) assertMatch(script, line);
  assert(!script.includes("undefined"));
});
