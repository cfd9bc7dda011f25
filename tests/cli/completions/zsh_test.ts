import { assert, assertMatch } from "@std/assert";
import { zshCompletions } from "../../../src/cli/completions/zsh.ts";

Deno.test("zshCompletions() tells of an option's forms and of its value in the language of zsh", () => {
  const script = zshCompletions();
  const lines = [
    /^ {4}'\(-q --quiet\)'\{-q,--quiet\}'\[[^\]]+\]' \\$/m,
    /^ {4}'--demo\[[^\]]+\]' \\$/m,
    /^ {4}'\(-c --chain\)'\{-c\+,--chain=\}'\[[^\]]+\]:CHAIN:\(mainnet [\w ]+\)' \\$/m,
    /^ {4}'\(-s --services\)'\{-s\+,--services=\}'\[[^\]]+\]:BITS:_sequence compadd - NETWORK [\w ]+' \\$/m,
    /^ {4}'\*--targets=\[[^\]]+\]:FILE:_files' \\$/m,
    /^ {4}'--report=\[[^\]]+\]:FILE\.html:_files' \\$/m,
    /^ {4}'\(-p --port\)'\{-p\+,--port=\}'\[[^\]]+\]:PORT: ' \\$/m,
    /^ {4}'--trace=-\[[^\]]+\]::FORM:\(text mermaid\)' \\$/m,
  ];
  for (const line of lines) assertMatch(script, line);
  assert(!script.includes("undefined"));
});
