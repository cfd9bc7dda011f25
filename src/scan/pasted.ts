/**
 * Targets as people paste them: in white space or quotes, as a URL, with a user name.
 *
 * @module
 */

/**
 * The host and port in a text, without anything around them. A path is removed only after a scheme: `192.0.2.0/24`
 * means something else.
 */
export function hostAndPort(text: string): string {
  const bare = text.trim().replace(/[,;]$/, "").replace(/^["'`“‘«<](.*)["'`”’»>]$/s, "$1").trim();
  const [, afterScheme] = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(.*)$/is.exec(bare) ?? [];
  // In a URL the percent sign of a zone is escaped (RFC 6874).
  const authority = afterScheme === undefined
    ? bare.replace(/\/$/, "")
    : afterScheme.replace(/[/?#].*$/s, "").replace(/%25(?=[^%]*\])/, "%");
  return authority.replace(/^.+@/s, "");
}
