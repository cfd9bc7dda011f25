/**
 * Targets as people paste them: with white space or quotes around, as a URL, with a user's name.
 *
 * @module
 */

/**
 * The host and the port of a text, without what is around them. A path is taken away after a scheme only: `192.0.2.0/24`
 * means something else.
 */
export function hostAndPort(text: string): string {
  const bare = text.trim().replace(/[,;]$/, "").replace(/^["'`“‘«<](.*)["'`”’»>]$/s, "$1").trim();
  const [, afterScheme] = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(.*)$/is.exec(bare) ?? [];
  // In a URL the percent sign before a zone is escaped (RFC 6874).
  const authority = afterScheme === undefined
    ? bare.replace(/\/$/, "")
    : afterScheme.replace(/[/?#].*$/s, "").replace(/%25(?=[^%]*\])/, "%");
  return authority.replace(/^.+@/s, "");
}
