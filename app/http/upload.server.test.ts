import { describe, expect, it } from "vitest";
import { z } from "zod";
import { FILE_LIMITS } from "#app/domain/files.ts";
import { lineText } from "#app/domain/text.ts";
import { readUploads } from "./upload.server.ts";

const schema = z.object({ caption: lineText(10) });
const rules = { photos: { most: 2, required: true }, plans: { most: 1 } };
const KEY = "k".repeat(22);

type Part = [name: string, value: string | Uint8Array<ArrayBuffer>, fileName?: string];
const file = (name: string, text: string, fileName = "IMG_1.jpg"): Part => [name, new TextEncoder().encode(text), fileName];
const whole: Part[] = [["form-key", KEY], ["caption", "井道"], file("photos", "one")];

function post(parts: Part[], headers: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value, fileName] of parts) {
    if (typeof value === "string") form.append(name, value);
    else form.append(name, new Blob([value]), fileName ?? "");
  }
  return new Request("http://portal.test/", { method: "POST", body: form, headers });
}

async function read(parts: Part[]) {
  const form = await readUploads(post(parts), schema, rules);
  if (!form.ok) return { status: form.status, errors: form.reply.errors, values: form.reply.values };
  const texts = Object.fromEntries(Object.entries(form.files).map(([name, files]) => [name, files.map((one) => new TextDecoder().decode(one))]));
  return { data: form.data, formKey: form.formKey, texts };
}

describe("a form with files", () => {
  it("is read with its fields and the bytes of each file, in order", async () => {
    expect(await read([...whole, file("plans", "plan"), file("photos", "two", "照片 2.png")])).toEqual({
      data: { caption: "井道" },
      formKey: KEY,
      texts: { photos: ["one", "two"], plans: ["plan"] },
    });
  });

  it("may leave a file field empty, as browsers send it, unless it is required", async () => {
    const empty = (name: string) => `--x\r\nContent-Disposition: form-data; name="${name}"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n\r\n`;
    const field = (name: string, value: string) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const sent = `--x\r\nContent-Disposition: form-data; name="photos"; filename="IMG_1.jpg"\r\nContent-Type: image/jpeg\r\n\r\none\r\n`;
    const readRaw = (body: string) =>
      readUploads(
        new Request("http://portal.test/", { method: "POST", body: `${body}--x--\r\n`, headers: { "Content-Type": "multipart/form-data; boundary=x" } }),
        schema,
        rules,
      );
    const fields = field("form-key", KEY) + field("caption", "井道");
    expect(await readRaw(fields + sent + empty("photos") + empty("plans"))).toMatchObject({ ok: true, files: { photos: [new TextEncoder().encode("one")], plans: [] } });
    expect(await readRaw(fields + empty("photos") + empty("plans"))).toMatchObject({
      status: 422, reply: { errors: [{ name: "photos", message: "还没有选文件" }], values: { caption: "井道" } },
    });
  });

  it("says all that is wrong at once, each at its place, and keeps what was typed", async () => {
    const parts: Part[] = [["form-key", KEY], ["caption", "电梯井道基础已经完工啦"], file("photos", "1"), file("photos", "2"), file("photos", "3"), ["plans", "no file"]];
    expect(await read(parts)).toEqual({
      status: 422,
      errors: [
        { name: "caption", message: "“拍的是什么”太长了，请写短一些" },
        { name: "photos", message: "一次最多选 2 个文件" },
        { name: "plans", message: "还没有选文件" },
      ],
      values: { caption: "电梯井道基础已经完工啦" },
    });
  });

  it("has no other fields, each once, no file in a field of text, and its key", async () => {
    expect(await read([...whole, ["evil", "1"]])).toMatchObject({ status: 422, errors: [{ message: "表单里有多余的内容，请刷新页面后重填" }] });
    expect(await read([...whole, ["caption", "again"]])).toMatchObject({ status: 422, errors: [{ name: "caption" }] });
    expect(await read([...whole, file("caption", "text")])).toMatchObject({ status: 422, errors: [{ name: "caption" }] });
    expect(await read(whole.slice(1))).toMatchObject({ status: 422, errors: [{ message: "这张表单过期了，请刷新页面再提交" }] });
    await expect(read([...whole, ...Array.from({ length: 60 }, (_, i): Part => [`f${i}`, ""])])).rejects.toMatchObject({ status: 400 });
  });

  it.each(["../photo.jpg", "C:\\photo.jpg", "a/b", "a\u0007b", "n".repeat(256)])("has no file of the name %j", async (name) => {
    expect(await read([["form-key", KEY], ["caption", "井道"], file("photos", "1", name)])).toMatchObject({
      status: 422, errors: [{ name: "photos", message: "文件名里有不能用的符号，请改名后再选" }],
    });
  });

  it("has no file above 20 MB, and no more than 40 MB in all", async () => {
    const large = (bytes: number): Part => ["photos", new Uint8Array(bytes), "large.jpg"];
    const start = whole.slice(0, 2);
    expect(await read([...start, large(FILE_LIMITS.bytes)])).toHaveProperty("data");
    expect(await read([...start, large(FILE_LIMITS.bytes + 1)])).toMatchObject({ status: 422, errors: [{ name: "photos", message: "文件超过 20 MB，没有读取，请缩小后再选" }] });
    expect(await read([...start, large(FILE_LIMITS.bytes), large(FILE_LIMITS.bytes), ["plans", new Uint8Array(1_000_000), "plan.pdf"]])).toEqual({
      status: 413, errors: [{ name: "photos", message: "文件加起来超过 40 MB，没有读取，请分几次提交" }], values: {},
    });
  });

  it("is not read at all when it says that it is too long, is no multipart form, or ends in the middle", async () => {
    const status = async (request: Request) => ((await readUploads(request, schema, rules)) as { status?: number }).status;
    expect(await status(post(whole, { "Content-Length": String(50 * 1024 * 1024) }))).toBe(413);
    expect(await status(new Request("http://portal.test/", { method: "POST", body: new URLSearchParams({ caption: "1" }) }))).toBe(415);
    const headers = { "Content-Type": "multipart/form-data; boundary=x" };
    expect(await status(new Request("http://portal.test/", { method: "POST", body: '--x\r\nContent-Disposition: form-data; name="caption"\r\n', headers }))).toBe(400);
  });
});
