/**
 * The file of `--report`: records are collected as they come, and written as a page at the end.
 *
 * @module
 */

import type { AnyRecord } from "../report/records.ts";
import type { AuditRecord } from "../report/records/audit.ts";
import type { PeerRecord } from "../report/records/peer.ts";
import type { SeedRecord } from "../report/records/seed.ts";
import type { SummaryRecord } from "../report/records/summary.ts";
import { PermissionError } from "./errors.ts";
import { OutputError } from "./output.ts";
import { replaceContent } from "./replace.ts";

/** A page being collected. */
export class PageFile implements AsyncDisposable {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #isNew: boolean;
  readonly #seeds: SeedRecord[] = [];
  readonly #peers: PeerRecord[] = [];
  readonly #audits: AuditRecord[] = [];
  #summary: SummaryRecord | null = null;
  #written = false;

  private constructor(path: string, file: Deno.FsFile, isNew: boolean) {
    this.#path = path;
    this.#file = file;
    this.#isNew = isNew;
  }

  /**
   * Opens the file; its content stays until there is a page to replace it.
   *
   * @throws {PermissionError} when Deno may not write it.
   * @throws {OutputError} when it cannot be written at all.
   */
  static async open(path: string): Promise<PageFile> {
    try {
      return new PageFile(path, await Deno.open(path, { write: true, createNew: true }), true);
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw openError(path, error);
    }
    try {
      return new PageFile(path, await Deno.open(path, { write: true }), false);
    } catch (error) {
      throw openError(path, error);
    }
  }

  /** Keeps a record for the page. */
  add(record: AnyRecord): void {
    switch (record.type) {
      case "seed":
        return void this.#seeds.push(record);
      case "peer":
        return void this.#peers.push(record);
      case "audit":
        return void this.#audits.push(record);
      case "summary":
        this.#summary = record;
    }
  }

  /**
   * Writes the page of a finished run, whose summary has been added.
   *
   * @param simulated Whether the network was simulated.
   * @throws {OutputError} when it cannot be written.
   */
  async write(endedAt: Date, simulated: boolean): Promise<void> {
    if (this.#summary === null) throw new TypeError("Cannot write a page: its summary has not been added");
    // Loaded on demand: most runs do not need it.
    const { htmlPage } = await import("../report/html/page.ts");
    const run = { seeds: this.#seeds, peers: this.#peers, audits: this.#audits, summary: this.#summary, simulated };
    await this.replace(htmlPage(run, endedAt.toISOString()));
  }

  /**
   * Writes a page that is given in pieces.
   *
   * @throws {OutputError} when it cannot be written.
   */
  async replace(pieces: Iterable<string>): Promise<void> {
    try {
      await replaceContent(this.#file, new TextEncoder().encode([...pieces].join("")));
      this.#written = true;
    } catch (error) {
      throw new OutputError(error, this.#path);
    }
  }

  /** Closes the file; removes it if it was created for a page that was never written. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#file.close();
    if (this.#isNew && !this.#written) await Deno.remove(this.#path).catch(() => {});
  }
}

/**
 * Writes a page at once.
 *
 * @throws as {@linkcode PageFile.open} and {@linkcode PageFile.write} do.
 */
export async function writePage(path: string, pieces: Iterable<string>): Promise<void> {
  await using file = await PageFile.open(path);
  await file.replace(pieces);
}

function openError(path: string, error: unknown): Error {
  return error instanceof Deno.errors.NotCapable
    ? new PermissionError(`cannot write --report ${path}: run again with --allow-write=${path}`)
    : new OutputError(error, `--report ${path}`);
}
