/**
 * Imports exactly what the project imports from outside: it loads if all of that is available.
 *
 * @module
 */

import "@std/assert";
import "@std/cli/parse-args";
import "@std/encoding/hex";
import "@std/log/base-handler";
import "@std/log/levels";
import "@std/log/logger";
