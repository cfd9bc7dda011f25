import type { Mutant } from "./mutant.ts";
import { AUDIT } from "./table/audit.ts";
import { CLI } from "./table/cli.ts";
import { HANDSHAKE } from "./table/handshake.ts";
import { HTML } from "./table/html.ts";
import { NET } from "./table/net.ts";
import { REPORT } from "./table/report.ts";
import { SCAN } from "./table/scan.ts";
import { SIM } from "./table/sim.ts";
import { TRANSPORT } from "./table/transport.ts";
import { V2 } from "./table/v2.ts";
import { WIRE } from "./table/wire.ts";

/** All mutants, from the lowest layer up. */
export const MUTANTS: readonly Mutant[] = [
  ...WIRE,
  ...TRANSPORT,
  ...V2,
  ...HANDSHAKE,
  ...NET,
  ...SCAN,
  ...AUDIT,
  ...REPORT,
  ...HTML,
  ...CLI,
  ...SIM,
];
