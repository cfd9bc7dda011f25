/**
 * Targets as people paste them: in white space, quotes or invisible characters, as a URL, with a user name, as a line of
 * `bitcoin.conf`.
 *
 * @module
 */

/**
 * White space, and what does not show at all: the marks of directions and the joints of words that web pages have. Within
 * a run of blanks no search for its end begins anew: a long one would take quadratic time.
 */
const BLANK_ENDS = /^[\s\p{Cf}]+|(?<![\s\p{Cf}])[\s\p{Cf}]+$/gu;

/** What most targets are: a bare IP address, with or without brackets and port. */
const PLAIN = /^[\da-f.:[\]]+$/i;

/** The settings of Bitcoin Core that name a peer. */
const SETTING = /^-{0,2}(?:addnode|seednode|connect)\s*=\s*/i;

/**
 * The host and port in a text, without anything around them. A path is removed only after a scheme: `192.0.2.0/24`
 * means something else. `bitcoin:` is a scheme too, unless it is a host and what follows its port.
 */
export function hostAndPort(text: string): string {
  if (PLAIN.test(text)) return text;
  const bare = text.replace(BLANK_ENDS, "").replace(/[,;]$/, "").replace(/^["'`“‘«<(](.*)["'`”’»>)]$/s, "$1")
    .replace(BLANK_ENDS, "").replace(SETTING, "");
  const [, afterScheme] = /^(?:(?:[a-z][a-z0-9+.-]*:)?\/\/|bitcoin:(?!\d+$))(.*)$/is.exec(bare) ?? [];
  // In a URL the percent sign of a zone is escaped (RFC 6874).
  const authority = afterScheme === undefined
    ? bare.replace(/\/$/, "")
    : afterScheme.replace(/[/?#].*$/s, "").replace(/%25(?=[^%]*\])/, "%");
  return authority.replace(/^.+@/s, "");
}
