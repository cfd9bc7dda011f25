/**
 * JavaScript taken apart into tokens: as much of its grammar as `deno fmt` lets through.
 *
 * @module
 */

/** One token. A template with `${}` in it is several: its text up to each `${`, from `}` on, and what is in between. */
export interface Token {
  /** A keyword is a `name`, and so is `#private`; a template without `${}` is a `string`. */
  readonly kind: "name" | "number" | "string" | "regexp" | "template" | "punctuator";
  /** The characters from `start` to `end`. */
  readonly text: string;
  /** The offset of its first character. */
  readonly start: number;
  /** The offset after its last character. */
  readonly end: number;
}

const SPACE = /(?:\s+|\/\/.*|\/\*[\s\S]*?\*\/)+/y;

const TEMPLATE = /[`}](?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;

const REGEXP = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;

const OTHERS: readonly (readonly [Token["kind"], RegExp])[] = [
  ["name", /#?[\p{ID_Start}$_][\p{ID_Continue}$]*/uy],
  ["number", /0[xXbBoO][\da-fA-F_]+n?|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?n?/y],
  ["string", /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y],
  [
    "punctuator",
    /\.\.\.|=>|>>>=|\*\*=|<<=|>>=|>>>|\?\?=|&&=|\|\|=|[!=]==|\*\*|\?\?|\?\.(?!\d)|&&|\|\||\+\+|--|<<|>>|[-+*/%&|^<>=!]=|[-+*/%&|^<>=!~?:;,.()[\]{}@]/y,
  ],
];

/** A `/` after one of these names begins a regular expression; after any other, it divides. */
const BEFORE_EXPRESSION = new Set(
  ["return", "throw", "case", "do", "else", "in", "of", "instanceof", "typeof", "void", "delete", "await", "yield"],
);

/** Whether an expression can begin after a token, and not an operator. */
export function expectsOperand(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === "name") return BEFORE_EXPRESSION.has(before.text);
  if (before.kind === "template") return before.text.endsWith("${");
  return before.kind === "punctuator" && !/^(?:[)\]}]|\+\+|--)$/.test(before.text);
}

/**
 * The tokens of a text, without its space and comments.
 *
 * @throws {SyntaxError} where no token can begin.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  /** Of each brace that is open, whether it is that of a `${`. */
  const braces: boolean[] = [];
  const match = (pattern: RegExp, start: number): string | undefined => {
    pattern.lastIndex = start;
    return pattern.exec(text)?.[0];
  };
  const next = (start: number): readonly [Token["kind"], string] => {
    const first = text[start];
    if (first === "`" || first === "}" && braces.at(-1) === true) {
      const template = match(TEMPLATE, start) ?? "";
      if (first === "}") braces.pop();
      if (template.endsWith("${")) braces.push(true);
      return [first === "`" && template.endsWith("`") ? "string" : "template", template];
    }
    if (first === "/" && expectsOperand(tokens.at(-1))) return ["regexp", match(REGEXP, start) ?? ""];
    for (const [kind, pattern] of OTHERS) {
      const found = match(pattern, start);
      if (found !== undefined) return [kind, found];
    }
    return ["punctuator", ""];
  };
  let at = 0;
  for (;;) {
    at += match(SPACE, at)?.length ?? 0;
    if (at === text.length) return tokens;
    const [kind, found] = next(at);
    if (found === "") throw new SyntaxError(`Expected a token at offset ${at}, got ${text.slice(at, at + 20)}`);
    if (found === "{") braces.push(false);
    if (found === "}") braces.pop();
    tokens.push({ kind, text: found, start: at, end: at += found.length });
  }
}
