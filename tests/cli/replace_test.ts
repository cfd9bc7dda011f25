import { assert, assertEquals, assertRejects } from "@std/assert";
import { replaceContent, type WritableFile } from "../../src/cli/replace.ts";

/** How a file system behaves that is nearly full. */
interface Disk {
  /** How many bytes there is room for. */
  readonly room: number;
  /** Whether it never writes over a block in its place. */
  readonly copiesOnWrite?: boolean;
  /** Whether it looks for the room when the file is synchronized, and not before. */
  readonly allocatesLate?: boolean;
  /** How many bytes a write takes at most. */
  readonly most?: number;
}

/** A file on such a disk. */
class FakeFile implements WritableFile {
  content: Uint8Array;
  readonly #disk: Disk;
  #free: number;
  #offset = 0;

  constructor(text: string, disk: Disk) {
    this.content = new TextEncoder().encode(text);
    this.#disk = disk;
    this.#free = disk.room - this.content.length;
  }

  get text(): string {
    return new TextDecoder().decode(this.content);
  }

  seekSync(offset: number, whence: Deno.SeekMode): number {
    return this.#offset = whence === Deno.SeekMode.End ? this.content.length + offset : offset;
  }

  writeSync(bytes: Uint8Array): number {
    const { copiesOnWrite, allocatesLate, most = Infinity } = this.#disk;
    const part = bytes.subarray(0, most);
    const end = Math.max(this.content.length, this.#offset + part.length);
    // What is written over makes room only when all is written.
    const taken = copiesOnWrite ? part.length : end - this.content.length;
    if (!allocatesLate && taken > this.#free) throw new Error("No space left on device");
    this.#free -= end - this.content.length;
    const grown = new Uint8Array(end);
    grown.set(this.content);
    grown.set(part, this.#offset);
    this.content = grown;
    this.#offset += part.length;
    return part.length;
  }

  write(bytes: Uint8Array): Promise<number> {
    return Promise.resolve(this.writeSync(bytes));
  }

  truncateSync(length: number): void {
    this.#free += this.content.length - length;
    this.content = this.content.slice(0, length);
  }

  syncDataSync(): void {
    if (this.#free < 0) throw new Error("Disk quota exceeded");
  }
}

const OLD = "old ".repeat(20);

/** Contents shorter and longer than the old one, and the old one's length. */
const CONTENTS = ["", "new ", "new ".repeat(19), "new!".repeat(20), "new ".repeat(50)];

const DISKS: readonly (readonly [what: string, disk: Omit<Disk, "room">])[] = [
  ["a disk", {}],
  ["a disk that takes little at once", { most: 7 }],
  ["a disk that copies on write", { copiesOnWrite: true }],
  ["a disk that allocates late", { allocatesLate: true }],
];

for (const [what, disk] of DISKS) {
  Deno.test(`replaceContent() leaves the old or the new content on ${what}, however full that is`, async () => {
    for (const old of [OLD, "o", ""]) {
      for (const content of CONTENTS) {
        for (let room = old.length; room <= old.length + content.length + 1; room++) {
          const file = new FakeFile(old, { ...disk, room });
          const isRoom = room >= old.length + content.length;
          const replacing = replaceContent(file, new TextEncoder().encode(content));
          await (isRoom ? replacing : assertRejects(() => replacing, Error));
          assertEquals(file.text, isRoom ? content : old, `${content.length} bytes, room for ${room}`);
        }
      }
    }
  });
}

Deno.test("replaceContent() writes into a pipe or a device as it is", async () => {
  const taken: number[] = [];
  const refuse = () => {
    throw new TypeError("Illegal seek");
  };
  const pipe: WritableFile = {
    seekSync: refuse,
    truncateSync: refuse,
    syncDataSync: refuse,
    writeSync: refuse,
    write: (bytes) => {
      const part = bytes.subarray(0, 3);
      taken.push(...part);
      return Promise.resolve(part.length);
    },
  };
  await replaceContent(pipe, new TextEncoder().encode("new content"));
  assertEquals(new TextDecoder().decode(Uint8Array.from(taken)), "new content");
});

Deno.test("replaceContent() refuses a file that it may not shorten", async () => {
  const file = new FakeFile(OLD, { room: 1000 });
  file.truncateSync = () => {
    throw new Deno.errors.PermissionDenied("Operation not permitted");
  };
  await assertRejects(() => replaceContent(file, new Uint8Array(1)), Deno.errors.PermissionDenied);
  assert(file.text === OLD);
});
