/**
 * Putting new content in the place of old, with no more than the right to write that one file.
 *
 * @module
 */

/** What is needed of a file that is open for writing. */
export type WritableFile = Pick<Deno.FsFile, "write" | "seekSync" | "writeSync" | "truncateSync" | "syncDataSync">;

/**
 * Replaces what is in a file, or, where there is no room for the new content, leaves it as it was.
 *
 * The content is first written after the old one, to see that there is room, as for a temporary file. What is then
 * written over the old one needs no more than that, not even where a file system never writes over a block in its place,
 * as Btrfs and APFS do. No signal comes in between. Only a machine that dies in these milliseconds leaves something else.
 *
 * What goes into a pipe or a device is written as it is.
 *
 * @throws what the operating system says.
 */
export async function replaceContent(file: WritableFile, content: Uint8Array): Promise<void> {
  const end = endOf(file);
  if (end === null) {
    for (let written = 0; written < content.length;) written += await file.write(content.subarray(written));
    return;
  }
  try {
    writeAll(file, content, end);
    // Some file systems look for the room only now.
    file.syncDataSync();
    if (end === 0) return;
    file.truncateSync(end);
    writeAll(file, content.subarray(end), end);
  } catch (error) {
    file.truncateSync(end);
    throw error;
  }
  writeAll(file, content.subarray(0, end), 0);
  file.truncateSync(content.length);
}

/** How long a file is; `null` of what is no file of some length. */
function endOf(file: WritableFile): number | null {
  try {
    const end = file.seekSync(0, Deno.SeekMode.End);
    file.truncateSync(end);
    return end;
  } catch (error) {
    if (error instanceof Deno.errors.PermissionDenied) throw error;
    return null;
  }
}

function writeAll(file: WritableFile, bytes: Uint8Array, offset: number): void {
  file.seekSync(offset, Deno.SeekMode.Start);
  for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
}
