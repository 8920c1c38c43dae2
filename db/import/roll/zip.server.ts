import { promisify } from "node:util";
import { crc32, inflateRaw } from "node:zlib";

const inflate = promisify(inflateRaw);

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const MOST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

class ZipError extends Error {
  readonly reason: "broken" | "too_large";
  constructor(reason: "broken" | "too_large") {
    super(`archive ${reason}`);
    this.reason = reason;
  }
}

function endOfDirectory(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - 22 - MOST_COMMENT);
  for (let at = bytes.length - 22; at >= first; at--) {
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new ZipError("broken");
}

interface Entry {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  at: number;
}

function readDirectory(bytes: Buffer): Entry[] {
  const end = endOfDirectory(bytes);
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: bytes.readUInt16LE(end + 10) }, () => {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new ZipError("broken");
    const nameLength = bytes.readUInt16LE(at + 28);
    const entry = {
      name: bytes.toString("utf8", at + 46, at + 46 + nameLength),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    };
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    return entry;
  });
}

async function unpack(bytes: Buffer, entry: Entry, most: number): Promise<Buffer> {
  const isEncrypted = (entry.flags & 1) === 1;
  if (bytes.readUInt32LE(entry.at) !== LOCAL_ENTRY || isEncrypted) throw new ZipError("broken");
  const start = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
  const packed = bytes.subarray(start, start + entry.packed);
  if (entry.size > most) throw new ZipError("too_large");
  if (entry.method !== STORED && entry.method !== DEFLATED) throw new ZipError("broken");
  // The stated size is not to be trusted: unpacking stops where it is reached.
  const content = entry.method === STORED ? packed : await inflate(packed, { maxOutputLength: entry.size + 1 });
  if (content.length !== entry.size || crc32(content) !== entry.crc) throw new ZipError("broken");
  return content;
}

/**
 * Unpacks those files of an archive that `isWanted` names, at most `most` bytes of them together.
 * Answers why not where the archive is larger than that, damaged or encrypted.
 */
export async function unzip(
  archive: Uint8Array,
  isWanted: (name: string) => boolean,
  most: number
): Promise<Map<string, Buffer> | "broken" | "too_large"> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const files = new Map<string, Buffer>();
  let room = most;
  try {
    for (const entry of readDirectory(bytes)) {
      if (!isWanted(entry.name)) continue;
      if (files.has(entry.name)) return "broken";
      const content = await unpack(bytes, entry, room);
      room -= content.length;
      files.set(entry.name, content);
    }
    return files;
  } catch (error) {
    if (error instanceof ZipError) return error.reason;
    // Offsets that lead outside the archive, and data that does not inflate, carry Node's codes.
    if (error instanceof Error && "code" in error) return "broken";
    throw error;
  }
}

/** Packs files into an archive without compressing them. */
export function zip(files: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, content] of files) {
    const name = Buffer.from(path, "utf8");
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(LOCAL_ENTRY);
    const before = Buffer.alloc(6);
    before.writeUInt32LE(DIRECTORY_ENTRY, 0);
    before.writeUInt16LE(20, 4);
    const after = Buffer.alloc(14);
    after.writeUInt32LE(at, 10);
    parts.push(local, common, name, content);
    directory.push(before, common, after, name);
    at += 30 + name.length + content.length;
  }
  const directorySize = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_OF_DIRECTORY, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(directorySize, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
