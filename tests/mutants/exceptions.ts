import type { Exception } from "./exception.ts";
import { ADDRESS } from "./exceptions/address.ts";
import { AUDIT } from "./exceptions/audit.ts";
import { CLI } from "./exceptions/cli.ts";
import { CRAWL } from "./exceptions/crawl.ts";
import { CRAWL_WAITING } from "./exceptions/crawl_waiting.ts";
import { CRYPTO } from "./exceptions/crypto.ts";
import { HANDSHAKE } from "./exceptions/handshake.ts";
import { NET } from "./exceptions/net.ts";
import { REPORT } from "./exceptions/report.ts";
import { SCAN } from "./exceptions/scan.ts";
import { SESSION } from "./exceptions/session.ts";
import { SIM } from "./exceptions/sim.ts";
import { SIM_HOSTILE } from "./exceptions/sim_hostile.ts";
import { STATE } from "./exceptions/state.ts";
import { TRANSPORT } from "./exceptions/transport.ts";
import { WIRE } from "./exceptions/wire.ts";

/** The mutants that may survive. An exception that fits no mutant any more is reported. */
export const EXCEPTIONS: readonly Exception[] = [
  ...ADDRESS,
  ...AUDIT,
  ...CLI,
  ...CRAWL,
  ...CRAWL_WAITING,
  ...CRYPTO,
  ...HANDSHAKE,
  ...NET,
  ...REPORT,
  ...SCAN,
  ...SESSION,
  ...SIM,
  ...SIM_HOSTILE,
  ...STATE,
  ...TRANSPORT,
  ...WIRE,
];
