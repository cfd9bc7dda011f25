/**
 * SOCKS5 proxies and SAM bridges that serve some connections well, and turn hostile in the middle of a run.
 *
 * @module
 */

import type { PeerLink } from "../link.ts";
import { samScript } from "../proxies/sam_script.ts";
import { raw } from "./parts.ts";
import {
  answering,
  bePeer,
  CONNECTED,
  doing,
  GOOD_ANSWERS,
  granted,
  hearGreeting,
  HELLO,
  type HostileProxy,
  LOOKUP,
  reset,
  sam,
  SESSION,
  slow,
  socks5,
  stopped,
  STREAM,
  UP_TO_REQUEST,
} from "./proxy_steps.ts";
import { finish, say } from "./steps.ts";

/** How many handshakes succeed before. */
const SERVED = 3;

/** The connections of a bridge that serve no peer: that of its session. */
const SESSIONS = 1;

/** The same, but only after it has served some connections well. */
function later(proxy: HostileProxy): HostileProxy {
  const good = socks5("", [...UP_TO_REQUEST, say(granted()), bePeer], CONNECTED).script;
  const [wellBehaved, connections] = proxy.protocol === "sam"
    ? [() => samScript(GOOD_ANSWERS), SESSIONS + SERVED]
    : [good, SERVED];
  const script = () => {
    const [before, after] = [wellBehaved(), proxy.script()];
    let seen = 0;
    return (link: PeerLink) => seen++ < connections ? before(link) : after(link);
  };
  return { ...proxy, name: `${proxy.name}, after ${SERVED} handshakes`, script, served: SERVED };
}

const REFUSED = stopped("proxy_refused");
const UNREACHABLE = stopped("proxy_unreachable");

/** The proxies and bridges. */
export const TURNING_PROXIES: readonly HostileProxy[] = [
  socks5("closes at once", [finish], UNREACHABLE),
  { ...socks5("resets at once", [reset], UNREACHABLE), resets: true as const },
  slow(socks5("falls silent", [], UNREACHABLE)),
  socks5("wants another login", [hearGreeting, say(raw([5, 0xff]))], REFUSED),
  ...([
    [0x01, "proxy_failure"],
    [0x02, "proxy_refused"],
    [0x05, "connection_refused"],
  ] as const).map(([code, error]) =>
    socks5(`replies 0x0${code}`, [...UP_TO_REQUEST, say(raw([5, code, 0, 1, 0, 0, 0, 0, 0, 0]))], stopped(error))
  ),
  sam("closes at HELLO", { [HELLO]: doing(finish) }, UNREACHABLE),
  slow(sam("falls silent", { [HELLO]: doing() }, UNREACHABLE)),
  sam("knows no session", {
    [SESSION]: answering("SESSION STATUS RESULT=I2P_ERROR"),
    [STREAM]: answering("STREAM STATUS RESULT=INVALID_ID"),
  }, stopped("proxy_failure")),
  sam("fails", { [STREAM]: answering("STREAM STATUS RESULT=I2P_ERROR") }, stopped("proxy_failure")),
  sam("knows nobody", { [LOOKUP]: answering("NAMING REPLY RESULT=INVALID_KEY") }, stopped("not_found")),
].map(later);
