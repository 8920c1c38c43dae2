import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bucketStorage, createStorage, folderStorage, StorageError, type Storage } from "#app/integrations/storage.server.ts";
import { bucketSettings, openBucket, type Bucket } from "../support/gateways/s3.ts";

const KEY = "7/3f/3f9a/full";
const bytes = Buffer.from("sealed bytes");
let folder: string;
let bucket: Bucket;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "jiati-storage-"));
  bucket = openBucket();
});
afterEach(() => {
  bucket.close();
  rmSync(folder, { recursive: true, force: true });
});

const codeOf = (work: Promise<unknown>) => work.then(() => "done", (error: unknown) => (error instanceof StorageError ? error.code : String(error)));

describe.each<[string, () => Storage]>([
  ["a folder", () => folderStorage(folder)],
  ["a bucket", () => bucketStorage(bucketSettings)],
])("%s", (_, open) => {
  it("gives back what was put into it, until it is removed", async () => {
    const storage = open();
    expect(await storage.get(KEY)).toBeNull();
    await storage.put(KEY, bytes);
    expect((await storage.get(KEY))?.equals(bytes)).toBe(true);
    await storage.put(KEY, new Uint8Array([1, 2]));
    expect(await storage.get(KEY)).toHaveLength(2);
    await storage.remove(KEY);
    expect(await storage.get(KEY)).toBeNull();
    await storage.remove(KEY);
  });

  it("takes part of a larger buffer for what it is", async () => {
    const storage = open();
    await storage.put(KEY, new Uint8Array(bytes.buffer, bytes.byteOffset + 7, 5));
    expect((await storage.get(KEY))?.toString()).toBe("bytes");
  });

  it.each(["../outside", "/etc/passwd", "7/../../x", "7//x", "a b", ""])("is not led astray by the key %j", async (key) => {
    const storage = open();
    await expect(storage.put(key, bytes)).rejects.toThrow("not a key");
    await expect(storage.get(key)).rejects.toThrow("not a key");
    await expect(storage.remove(key)).rejects.toThrow("not a key");
    expect(readdirSync(folder)).toEqual([]);
    expect(bucket.requests).toEqual([]);
  });
});

describe("the folder", () => {
  it("is of this user alone, and keeps no empty places", async () => {
    const storage = folderStorage(folder);
    await storage.put(KEY, bytes);
    expect(statSync(path.join(folder, KEY)).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(folder, "7/3f/3f9a")).mode & 0o777).toBe(0o700);
    await storage.put("7/3f/3f9a/screen", bytes);
    await storage.remove(KEY);
    expect(await storage.get("7/3f/3f9a/screen")).not.toBeNull();
    await storage.remove("7/3f/3f9a/screen");
    expect(existsSync(path.join(folder, "7/3f/3f9a"))).toBe(false);
  });

  it("sweeps away what a killed process has left unfinished, once nobody can be writing it any more", async () => {
    const storage = folderStorage(folder);
    expect(await storage.sweep(new Date())).toBe(0);
    await storage.put(KEY, bytes);
    const half = path.join(folder, ".unfinished", "0a1b2c3d4e5f");
    writeFileSync(half, "half of it");
    expect(await storage.sweep(new Date(Date.now() - 3_600_000))).toBe(0);
    expect(existsSync(half)).toBe(true);
    expect(await storage.sweep(new Date(Date.now() + 1_000))).toBe(1);
    expect(readdirSync(path.join(folder, ".unfinished"))).toEqual([]);
    expect(await storage.get(KEY)).toEqual(bytes);
  });

  it("says by its code why it could not, and leaves nothing half done", async () => {
    writeFileSync(path.join(folder, "7"), "a file where a folder should be");
    expect(await codeOf(folderStorage(folder).put(KEY, bytes))).toBe("ENOTDIR");
    expect(await codeOf(folderStorage(folder).get(KEY))).toBe("ENOTDIR");
    expect(readdirSync(folder)).toEqual(["7"]);
  });

  it("is one for each database", async () => {
    await createStorage({ at: "folder", folder }, "jiati_demo").put(KEY, bytes);
    expect(await createStorage({ at: "folder", folder }, "jiati_district").get(KEY)).toBeNull();
    expect(await createStorage({ at: "folder", folder }, "jiati_demo").get(KEY)).not.toBeNull();
  });
});

describe("the bucket", () => {
  it("stands in the name of the host, or in the path where the service wants it there", async () => {
    await createStorage(bucketSettings, "jiati").put(KEY, bytes);
    await createStorage({ ...bucketSettings, pathStyle: true }, "jiati").put(KEY, bytes);
    expect(bucket.requests).toEqual([`PUT jiati-files.oss.portal.test/${KEY}`, `PUT oss.portal.test/jiati-files/${KEY}`]);
  });

  it("tells the service nothing about what it keeps", async () => {
    await bucketStorage(bucketSettings).put(KEY, bytes);
    expect([...bucket.objects]).toEqual([[`jiati-files.oss.portal.test/${KEY}`, bytes]]);
  });

  const each: [string, (storage: Storage) => Promise<unknown>][] = [
    ["put", (storage) => storage.put(KEY, bytes)],
    ["get", (storage) => storage.get(KEY)],
    ["remove", (storage) => storage.remove(KEY)],
  ];

  it.each(each)("%s: a refusal is final, and its words are not passed on", async (_, work) => {
    bucket.says({ code: "AccessDenied", status: 403 });
    const failed = await work(bucketStorage(bucketSettings)).catch((error: unknown) => error as StorageError);
    expect(failed).toBeInstanceOf(StorageError);
    expect(failed).toMatchObject({ code: "http-403", message: "the file store failed: http-403" });
    expect(bucket.requests).toHaveLength(1);
  });

  it.each(each)("%s: a service out of order is asked once more", async (_, work) => {
    await bucketStorage(bucketSettings).put(KEY, bytes);
    bucket.says({ code: "SlowDown", status: 503 });
    await work(bucketStorage(bucketSettings));
    expect(bucket.requests).toHaveLength(3);
    bucket.says({ code: "InternalError", status: 500 }, { code: "InternalError", status: 500 });
    expect(await codeOf(work(bucketStorage(bucketSettings)))).toBe("http-500");
    expect(bucket.requests).toHaveLength(5);
  });

  it.each(each)("%s: no answer is waited for no longer than it may take", async (_, work) => {
    bucket.says("no-answer", "no-answer");
    expect(await codeOf(work(bucketStorage(bucketSettings, { timeoutMs: 150 })))).toBe("timeout");
  });

  it.each(each)("%s: no connection", async (_, work) => {
    bucket.says("no-connection", "no-connection");
    expect(await codeOf(work(bucketStorage(bucketSettings)))).toBe("connection");
  });

  it.each(each)("%s: a page that somebody on the way puts in the place of the answer is taken for none", async (_, work) => {
    const page = "<html>Please sign in to the network</html>";
    bucket.says({ body: page, status: 200 });
    expect(await codeOf(work(bucketStorage(bucketSettings)))).toBe("malformed");
    bucket.says({ body: page, status: 404 });
    expect(await codeOf(work(bucketStorage(bucketSettings)))).toBe("http-404");
  });

  it("a bucket that is not there is not taken for a file that is not there", async () => {
    bucket.says({ code: "NoSuchBucket", status: 404 });
    expect(await codeOf(bucketStorage(bucketSettings).get(KEY))).toBe("http-404");
  });

  it("a request under a false key is refused", async () => {
    expect(await codeOf(bucketStorage({ ...bucketSettings, secretAccessKey: "another" }).put(KEY, bytes))).toBe("http-403");
    expect(bucket.requests).toEqual([]);
  });
});
