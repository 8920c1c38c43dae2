import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { BucketSettings, StorageSettings } from "#app/config.server.ts";

/** Where the pages of files are kept, as sealed bytes under a key like `7/3f…/1-full`. */
export interface Storage {
  /** Keeps the bytes; those that stood there are replaced. Once it has returned they outlive the process. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes, or null where there are none. */
  get(key: string): Promise<Buffer | null>;
  /** Removes what is there; where nothing is, all is well. */
  remove(key: string): Promise<void>;
  /** Removes what was begun before this moment and, since a process ended, never came in whole. Answers with how many. */
  sweep(before: Date): Promise<number>;
}

/** The store did not do as it was told: `timeout`, `connection`, `malformed`, `http-503`, or a file system's code. */
export class StorageError extends Error {
  constructor(readonly code: string) {
    super(`the file store failed: ${code}`);
  }
}

/** Opens the store of these settings. `name` keeps databases that share a folder apart. */
export function createStorage(settings: StorageSettings, name: string): Storage {
  return settings.at === "folder" ? folderStorage(path.join(settings.folder, name)) : bucketStorage(settings);
}

const KEY = /^[\w-]+(\/[\w-]+)*$/;

function checked(key: string): string {
  if (!KEY.test(key)) throw new Error("not a key of the file store");
  return key;
}

/** A folder of this machine. Files come in whole or not at all; nobody else of the machine may read them. */
export function folderStorage(folder: string): Storage {
  const placeOf = (key: string) => path.join(folder, checked(key));
  // No key begins with a dot.
  const unfinishedOnes = path.join(folder, ".unfinished");
  return {
    async put(key, bytes) {
      const place = placeOf(key);
      const unfinished = path.join(unfinishedOnes, randomBytes(12).toString("hex"));
      await asStorage(async () => {
        for (const around of [path.dirname(place), unfinishedOnes]) await mkdir(around, { recursive: true, mode: 0o700 });
        try {
          const file = await open(unfinished, "wx", 0o600);
          try {
            await file.writeFile(bytes);
            await file.sync();
          } finally {
            await file.close();
          }
          await rename(unfinished, place);
        } catch (error) {
          await rm(unfinished, { force: true });
          throw error;
        }
      });
    },
    async get(key) {
      const place = placeOf(key);
      return asStorage(() => readFile(place).catch(absent));
    },
    async remove(key) {
      const place = placeOf(key);
      await asStorage(() => rm(place, { force: true }));
      // The folder of a page goes with the last of its sizes.
      await rmdir(path.dirname(place)).catch(() => {});
    },
    async sweep(before) {
      return asStorage(async () => {
        let swept = 0;
        for (const name of (await readdir(unfinishedOnes).catch(absent)) ?? []) {
          const place = path.join(unfinishedOnes, name);
          const found = await stat(place).catch(absent);
          if (!found || found.mtime >= before) continue;
          await rm(place, { force: true });
          swept++;
        }
        return swept;
      });
    },
  };
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

async function asStorage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StorageError((error as NodeJS.ErrnoException).code ?? "unknown");
  }
}

/** Objects are a few megabytes; an answer beyond this is none of ours. */
const LONGEST_OBJECT = 64 * 1024 * 1024;

/**
 * A bucket of an S3-compatible service. An answer without the marks of one (an ETag, 204 for what is removed) is none:
 * something on the way has given it.
 *
 * @param timeoutMs how long a whole exchange may take, with the client's one repetition
 */
export function bucketStorage(settings: BucketSettings, { timeoutMs = 20_000 }: { timeoutMs?: number } = {}): Storage {
  const { bucket } = settings;
  const client = new S3Client({
    endpoint: settings.endpoint,
    region: settings.region,
    forcePathStyle: settings.pathStyle,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    maxAttempts: 2,
    // Other services than Amazon's refuse checksums that they have not asked for.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  const asked = async <T>(ask: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> => {
    const abortSignal = AbortSignal.timeout(timeoutMs);
    try {
      return await ask({ abortSignal });
    } catch (error) {
      throw new StorageError(abortSignal.aborted ? "timeout" : codeOf(error));
    }
  };
  return {
    async put(key, bytes) {
      const Body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const ContentType = "application/octet-stream";
      const Key = checked(key);
      const { ETag } = await asked((options) => client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType }), options));
      if (!ETag) throw new StorageError("malformed");
    },
    async get(key) {
      const Key = checked(key);
      return asked(async (options) => {
        try {
          const { Body, ETag, ContentLength = 0 } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }), options);
          if (!Body || !ETag || ContentLength > LONGEST_OBJECT) throw new StorageError("malformed");
          return Buffer.from(await Body.transformToByteArray());
        } catch (error) {
          if ((error as Error).name === "NoSuchKey") return null;
          throw error;
        }
      });
    },
    async remove(key) {
      const Key = checked(key);
      const { $metadata } = await asked((options) => client.send(new DeleteObjectCommand({ Bucket: bucket, Key }), options));
      if ($metadata.httpStatusCode !== 204) throw new StorageError("malformed");
    },
    // An object comes in with one request, whole or not at all.
    sweep: () => Promise.resolve(0),
  };
}

/** Statuses and kinds of failure only: the service's own words may repeat keys and addresses. */
function codeOf(error: unknown): string {
  if (error instanceof StorageError) return error.code;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  if (status === undefined) return "connection";
  return status < 400 ? "malformed" : `http-${status}`;
}
