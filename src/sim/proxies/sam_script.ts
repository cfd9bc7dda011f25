/**
 * The server's side of SAM 3.1: commands in, one line each, and for each an answer.
 *
 *     HELLO VERSION MIN=3.1 MAX=3.1                           HELLO REPLY RESULT=OK VERSION=3.1
 *     SESSION CREATE STYLE=STREAM ID=<id> DESTINATION=…       SESSION STATUS RESULT=OK DESTINATION=<keys>
 *     NAMING LOOKUP NAME=<name>                               NAMING REPLY RESULT=OK NAME=<name> VALUE=<destination>
 *     STREAM CONNECT ID=<id> DESTINATION=<destination>        STREAM STATUS RESULT=OK, then all bytes are the peer's
 *
 * Source: I2P's specification of SAM V3.
 *
 * @module
 */

import type { PeerLink } from "../link.ts";
import { utf8 } from "../hostile/parts.ts";
import type { PeerScript } from "../peer.ts";
import { LinkReader } from "./link_reader.ts";

/** What a client wants of the bridge. */
export interface SamCommand {
  /** The command, as `STREAM CONNECT`. */
  readonly words: string;
  /** The values by their keys, without quotes. */
  readonly values: ReadonlyMap<string, string>;
}

/** One connection to the bridge. */
export interface SamTalk {
  /** The connection. */
  readonly link: PeerLink;
  /** What is still to come over it. */
  readonly reader: LinkReader;
}

/** What the bridge does about a command. */
export type SamAnswer = (command: SamCommand, talk: SamTalk) => Promise<void>;

/** The answers to the commands, by their words; to any other command the bridge closes. */
export type SamAnswers = { readonly [words: string]: SamAnswer };

/** A bridge that answers each command as it comes. */
export function samScript(answers: SamAnswers): PeerScript {
  return async (link) => {
    const talk = { link, reader: new LinkReader(link) };
    for (;;) {
      const command = parseCommand(await talk.reader.takeLine());
      const answer = answers[command.words];
      if (answer === undefined) return;
      await answer(command, talk);
    }
  };
}

/** Sends a line. */
export async function sendLine({ link }: SamTalk, line: string): Promise<void> {
  await link.sendBytes(utf8(`${line}\n`));
}

/** A line of the client's as a command. */
export function parseCommand(line: string): SamCommand {
  const [words = ""] = /^\S+ \S+/.exec(line) ?? [];
  const pairs = line.slice(words.length).matchAll(/ ([^\s=]+)=(?:"([^"]*)"|(\S*))/g);
  return { words, values: new Map([...pairs].map(([, key = "", quoted, plain]) => [key, quoted ?? plain ?? ""])) };
}

/** The size of a destination with its certificate for a signature of Ed25519, in bytes. */
const DESTINATION_SIZE = 391;

/** A destination, in I2P's base64, that the bridge makes up for a name. Its hash is not that in the name. */
export function destinationOf(name: string): string {
  const bytes = new Uint8Array(DESTINATION_SIZE);
  bytes.set(utf8(name).subarray(0, DESTINATION_SIZE));
  return bytes.toBase64({ alphabet: "base64url" }).replaceAll("_", "~");
}
