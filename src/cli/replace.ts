/**
 * Replacing the content of a file, with only the permission to write that file.
 *
 * @module
 */

/** What is needed of a file open for writing. */
export type WritableFile = Pick<Deno.FsFile, "write" | "seekSync" | "writeSync" | "truncateSync" | "syncDataSync">;

/**
 * Replaces the content of a file, or leaves it as it was if there is no room for the new content.
 *
 * The content is first appended to the old one, to see that there is room, as for a temporary file. Writing it over the
 * old one then needs no more room than that, even on a copy-on-write file system such as Btrfs or APFS. No signal is
 * handled in between. Only a crash of the machine in these milliseconds leaves something else.
 *
 * A pipe or device is simply written to.
 *
 * @throws the operating system's error.
 */
export async function replaceContent(file: WritableFile, content: Uint8Array): Promise<void> {
  const end = endOf(file);
  if (end === null) {
    for (let written = 0; written < content.length;) written += await file.write(content.subarray(written));
    return;
  }
  try {
    writeAll(file, content, end);
    // Some file systems check for room only now.
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

/** The length of a file; `null` if it is not a regular file. */
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
