/**
 * Imports what the project imports from outside, and nothing else: it loads when all of that can be had.
 *
 * @module
 */

import "@std/assert";
import "@std/cli/parse-args";
import "@std/encoding/hex";
import "@std/log/base-handler";
import "@std/log/levels";
import "@std/log/logger";
