import type { z } from "zod";
import { FILE_LIMITS } from "#app/domain/files.ts";
import { forms } from "#app/i18n/zh-CN/forms.ts";
import { upload } from "#app/i18n/zh-CN/upload.ts";
import { demandedToken, FORM_TOKEN } from "./form-token.server.ts";
import { checkForm, FORM_KEY, LONGEST_FORM, newFormKey, type FormReply } from "./forms.server.ts";
import { readBody } from "./read-body.server.ts";

/** What a multipart body adds to its file: boundaries, part headers, the form key. */
const WRAPPING = 16 * 1024;

type RefusedStatus = 400 | 413 | 415 | 422;
type Refused = { ok: false; status: RefusedStatus; reply: FormReply };
type Fields = [string, FormDataEntryValue][];

export type Upload = { ok: true; bytes: Uint8Array; formKey: string } | Refused;

/**
 * Reads a posted form of one file and the hidden form key, and nothing else. Refusals are answers to the form: 415 for
 * what is no multipart form, 413 beyond `longest` bytes, 400 for what cannot be read, 422 for other fields than these.
 */
export async function readUpload(request: Request, name: string, longest: number): Promise<Upload> {
  const refused = (status: RefusedStatus, message: string): Upload => refuse(status, { name, message });
  const read = await readParts(request, longest + WRAPPING, { name, message: upload.tooLarge(inMegabytes(longest)) });
  if (!read.ok) return read;
  const { fields } = read;
  const valuesOf = (field: string) => fields.filter(([key]) => key === field).map(([, value]) => value);
  const [key, secondKey] = valuesOf(FORM_KEY);
  const [file, secondFile] = valuesOf(name);
  if (fields.some(([field]) => field !== FORM_KEY && field !== FORM_TOKEN && field !== name)) return refused(422, forms.unknownField);
  if (typeof key !== "string" || secondKey !== undefined || !/^[\w-]{16,64}$/.test(key)) return refused(422, forms.keyMissing);
  const token = demandedToken(request);
  if (token !== null && valuesOf(FORM_TOKEN).join() !== token) return refused(422, forms.tokenWrong);
  if (secondFile !== undefined) return refused(422, upload.twice);
  if (file === undefined || typeof file === "string" || isEmptyField(file)) return refused(422, upload.missing);
  if (file.size > longest) return refused(413, upload.tooLarge(inMegabytes(longest)));
  return { ok: true, bytes: new Uint8Array(await file.arrayBuffer()), formKey: key };
}

/** What a file field of a form takes: up to so many files of 20 MB at most, one at least where it is required. */
export interface FileRule {
  most: number;
  required?: boolean;
}

export type Uploads<Data, Name extends string> =
  | { ok: true; data: Data; files: Record<Name, Uint8Array[]>; formKey: string; values: Record<string, string> }
  | Refused;

/**
 * Reads a posted form with fields and files: the fields as `readForm` does, and for each file field the bytes of its
 * files, in order. A file's name is not used; one that leads elsewhere is refused. Refusals are answers to the form: 415
 * for what is no multipart form, 413 when all together is too long, 400 for what cannot be read, 422 for the rest.
 *
 * @throws Response 400 for more fields than any form has
 */
export async function readUploads<Schema extends z.ZodObject, Name extends string>(
  request: Request,
  schema: Schema,
  rules: Record<Name, FileRule>,
): Promise<Uploads<z.infer<Schema>, Name>> {
  const names = Object.keys(rules) as Name[];
  const most = names.reduce((sum, name) => sum + rules[name].most, 0);
  const longest = Math.min(most * FILE_LIMITS.bytes, FILE_LIMITS.formBytes);
  const [first] = names;
  const read = await readParts(request, longest + LONGEST_FORM + most * WRAPPING, {
    ...(first && { name: first }),
    message: upload.allTooLarge(inMegabytes(longest)),
  });
  if (!read.ok) return read;

  const isFile = (field: string): field is Name => (names as string[]).includes(field);
  const form = checkForm(read.fields.filter(([field]) => !isFile(field)), schema, demandedToken(request));
  const errors = form.ok ? [] : form.reply.errors;
  const files = {} as Record<Name, Uint8Array[]>;
  for (const name of names) {
    const given = read.fields.flatMap(([field, value]) => (field === name && !isEmptyField(value) ? [value] : []));
    const message = whyFilesAreRefused(given, rules[name]);
    if (message) errors.push({ name, message });
    else files[name] = await Promise.all(given.map(async (file) => new Uint8Array(await (file as File).arrayBuffer())));
  }
  if (form.ok && errors.length === 0) return { ...form, files };
  const reply = form.ok ? { values: form.values, errors, formKey: form.formKey } : form.reply;
  return { ok: false, status: 422, reply };
}

function whyFilesAreRefused(given: FormDataEntryValue[], { most, required }: FileRule): string | null {
  if (required && given.length === 0) return upload.missing;
  if (given.length > most) return upload.tooMany(most);
  for (const file of given) {
    if (typeof file === "string") return upload.missing;
    if (file.size > FILE_LIMITS.bytes) return upload.tooLarge(inMegabytes(FILE_LIMITS.bytes));
    if (file.name.length > 255 || /[/\\\u0000-\u001f\u007f]/.test(file.name)) return upload.badName;
  }
  return null;
}

/** A file field that was left empty travels as an empty file without a name. */
function isEmptyField(value: FormDataEntryValue): boolean {
  return typeof value !== "string" && value.size === 0 && value.name === "";
}

/** All parts of a multipart body, which is read no further than it may be long. */
async function readParts(
  request: Request,
  longest: number,
  tooLarge: FormReply["errors"][number],
): Promise<{ ok: true; fields: Fields } | Refused> {
  const at = tooLarge.name ? { name: tooLarge.name } : {};
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) return refuse(415, { ...at, message: upload.unreadable });
  if (Number(request.headers.get("Content-Length") ?? 0) > longest) return refuse(413, tooLarge);
  const body = await readBody(request, longest);
  if (body === null) return refuse(413, tooLarge);
  try {
    return { ok: true, fields: [...(await new Response(body, { headers: { "Content-Type": type } }).formData())] };
  } catch {
    return refuse(400, { ...at, message: upload.unreadable });
  }
}

function refuse(status: RefusedStatus, error: FormReply["errors"][number]): Refused {
  return { ok: false, status, reply: { values: {}, errors: [error], formKey: newFormKey() } };
}

const inMegabytes = (bytes: number) => Math.floor(bytes / 1024 / 1024);
