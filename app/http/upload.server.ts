import { forms } from "#app/i18n/zh-CN/forms.ts";
import { upload } from "#app/i18n/zh-CN/upload.ts";
import { FORM_KEY, newFormKey, type FormReply } from "./forms.server.ts";

/** What a multipart body adds to its file: boundaries, part headers, the form key. */
const WRAPPING = 16 * 1024;

export type Upload = { ok: true; bytes: Uint8Array; formKey: string } | { ok: false; status: 400 | 413 | 415 | 422; reply: FormReply };

/**
 * Reads a posted form of one file and the hidden form key, and nothing else. Refusals are answers to the form: 415 for
 * what is no multipart form, 413 beyond `longest` bytes, 400 for what cannot be read, 422 for other fields than these.
 */
export async function readUpload(request: Request, name: string, longest: number): Promise<Upload> {
  const refused = (status: 400 | 413 | 415 | 422, message: string): Upload => ({
    ok: false, status, reply: { values: {}, errors: [{ name, message }], formKey: newFormKey() },
  });
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) return refused(415, upload.unreadable);
  const tooLarge = () => refused(413, upload.tooLarge(Math.floor(longest / 1024 / 1024)));
  if (Number(request.headers.get("Content-Length") ?? 0) > longest + WRAPPING) return tooLarge();
  const body = await readBody(request, longest + WRAPPING);
  if (body === null) return tooLarge();
  let fields: [string, FormDataEntryValue][];
  try {
    fields = [...(await new Response(new Uint8Array(body), { headers: { "Content-Type": type } }).formData())];
  } catch {
    return refused(400, upload.unreadable);
  }
  const valuesOf = (field: string) => fields.filter(([key]) => key === field).map(([, value]) => value);
  const [key, secondKey] = valuesOf(FORM_KEY);
  const [file, secondFile] = valuesOf(name);
  if (fields.some(([field]) => field !== FORM_KEY && field !== name)) return refused(422, forms.unknownField);
  if (typeof key !== "string" || secondKey !== undefined || !/^[\w-]{16,64}$/.test(key)) return refused(422, forms.keyMissing);
  if (secondFile !== undefined) return refused(422, upload.twice);
  // A file field that was left empty travels as an empty file without a name.
  if (file === undefined || typeof file === "string" || (file.size === 0 && file.name === "")) return refused(422, upload.missing);
  if (file.size > longest) return tooLarge();
  return { ok: true, bytes: new Uint8Array(await file.arrayBuffer()), formKey: key };
}

/** The body, or null as soon as it is longer than that. */
async function readBody(request: Request, longest: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (const reader = request.body?.getReader(); reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > longest) return null;
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}
